/** An order's name for people: what it is about, and its number. No personal data. */
import { numberOf, type Opening } from './opening.ts';

export function summaryOf(opening: Opening): string {
  const words = 'request' in opening ? opening.request.service_introduction : 'adopted';
  return `${words} · ${numberOf(opening)}`;
}
