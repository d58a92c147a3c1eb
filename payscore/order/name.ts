/** An order's name for people: what it is about, and its number. No personal data. */
import { numberOf, type Opening } from './opening.ts';

/** @param adopted what one is about that was taken up from WeChat Pay, in the reader's language */
export function nameOf(opening: Opening, adopted: string): string {
  const what = 'request' in opening ? opening.request.service_introduction : adopted;
  return `${what} · ${numberOf(opening)}`;
}
