/** What is wrong with what was sent, by its schema: where, and what must be so, in words that are chosen when it is told. */
import { z } from 'zod';
import type { Fault } from './problems.ts';
import type { Language } from '../../words/language.ts';
import type { Sentence } from '../../words/sentence.ts';

/** Zod's own words. Those of a schema are English sentences, for which the catalogue has the others. */
const ZODS: Readonly<Record<Language, z.core.$ZodErrorMap>> = {
  en: z.locales.en().localeError,
  zh: z.locales.zhCN().localeError,
};
/** Of a fault for which the schema has no words. */
const UNWORDED = 'unworded';

/** @returns what was read, or its faults */
export function readBy<T>(schema: z.ZodType<T>, sent: unknown): { data: T } | { faults: Fault[] } {
  const result = schema.safeParse(sent, { error: () => UNWORDED, reportInput: true });
  return result.success ? result : { faults: result.error.issues.flatMap(faultsOf) };
}

function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointerOf([...issue.path, key]),
      detail: ({ problems }) => problems.request.unknownField,
    }));
  }
  return [{ pointer: pointerOf(issue.path), detail: wordedOf(issue) }];
}

function wordedOf(issue: z.core.$ZodIssue): Sentence {
  const { message, code, input } = issue;
  if (message !== UNWORDED) return ({ rule }) => rule(message);
  if (code === 'invalid_type' && input === undefined)
    return ({ problems }) => problems.request.missing;
  return ({ language, problems }) => {
    // With its input, an issue is what zod itself words.
    const said = ZODS[language](issue as z.core.$ZodRawIssue);
    return (typeof said === 'string' ? said : said?.message) ?? problems.request.isNotOne;
  };
}

/** Longer than any name of ours; what was sent instead is not sent back whole. */
const LONGEST_NAME = 64;

/** RFC 6901. */
function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${escaped(shortened(String(part)))}`).join('');
}

function shortened(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
