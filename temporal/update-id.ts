/** By what Temporal knows an update again. */
import { createHash } from 'node:crypto';

/** Half of the digest: nobody is to find another request with the same. */
const DIGITS = 32;

/**
 * The same in one update for the same body and key: Temporal answers it again by itself. The key is business code's and may be
 * anything, a telephone number too, and ids are stored in clear.
 */
export function updateIdOf(operation: string, key: string, digest: string): string {
  const unique = createHash('sha256')
    .update(JSON.stringify([key, digest]))
    .digest('hex');
  return `${operation}/${unique.slice(0, DIGITS)}`;
}
