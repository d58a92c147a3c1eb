/** Ends an order that could not be opened because WeChat Pay does not take our calls. */
import type { Book } from './book.ts';
import { createUntilOf } from '../payscore/deadline.ts';
import { isUntouched } from '../payscore/unserved.ts';

/** @returns whether it was too late for it, and nothing had been sent that may have created it */
export function endUnserved(book: Book, why: string): boolean {
  if (!isUntouched(book.order) || new Date() <= createUntilOf(book.order)) return false;
  book.record({ kind: 'unserved', why });
  return true;
}
