/** What operators read, in their language. A workflow reads no configuration: the worker names it in front of the bundle, and nothing that is replayed depends on it. */
import { wordsIn } from '../words/catalogue.ts';
import type { Language } from '../words/language.ts';

declare global {
  /** Of the sandbox alone: `worker/workflow-code.ts`. */
  var OPERATOR_LANGUAGE: Language | undefined;
}

export const words = wordsIn(globalThis.OPERATOR_LANGUAGE);
