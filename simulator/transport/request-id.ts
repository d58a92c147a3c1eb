/** `Request-ID`: a stem that names the request and a number that names its outcome, 0 for success. */
import { randomBytes } from 'node:crypto';

export function newRequestStem(): string {
  return randomBytes(21).toString('hex').toUpperCase();
}

export function requestIdOf(stem: string, number: number): string {
  return `${stem}-${number}`;
}
