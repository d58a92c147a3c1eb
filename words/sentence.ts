/** A sentence that is chosen where it is told, in the language of whoever reads it. */
import type { Words } from './en.ts';

export type Sentence = (words: Words) => string;
