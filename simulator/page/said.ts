/** What went wrong, in words for whoever looks at the page. */
import * as z from 'zod';
import { ControlError } from '../control/control-error.ts';
import { PageError } from './page-error.ts';
import type { Words } from './sentences/catalogue.ts';

export function saidOf(error: unknown, words: Words): string {
  if (error instanceof PageError) return error.message; // it is in words already
  const { refusals } = words;
  if (error instanceof ControlError && error.reason !== undefined) return refusals[error.reason];
  if (error instanceof z.ZodError) {
    const fields = error.issues.map(({ path }) => path.join('.')).filter(Boolean);
    return refusals.fields([...new Set(fields)].join(', '));
  }
  const { status = 500, message } = Object(error) as { status?: number; message?: string };
  if (status === 413) return refusals.tooLarge;
  // What Express and its parsers say of a request is in English: a number is not.
  return status < 500 ? refusals.request(status) : refusals.unexpected(message ?? String(error));
}
