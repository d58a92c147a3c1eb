/** What a table of words says of what is kept as a code with its values. */
import { ownOf } from './own.ts';

type Words = Readonly<Record<string, (it: never) => string>>;

/** A code of a later release is told as it is; and so are the sentences that orders kept before there were codes. */
export function worded(words: Words, it: { readonly code: string }): string {
  if (typeof it === 'string') return it;
  return ownOf(words, it.code)?.(it as never) ?? it.code;
}
