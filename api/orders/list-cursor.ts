/**
 * Where a list goes on: Temporal's own token, which only the server that gave it can read. It answers a spoilt one as if
 * something were wrong with itself, so a few bytes before the token tell the caller's mistakes from Temporal's.
 */
import { createHash } from 'node:crypto';

const CHECK_BYTES = 8;

/** Undefined at the end of the list. */
export function cursorOf(token: Uint8Array | null | undefined): string | undefined {
  if (!token || token.length === 0) return undefined;
  return Buffer.concat([checkOf(token), token]).toString('base64url');
}

/** Undefined when this list never gave such a cursor. */
export function tokenOf(cursor: string): Buffer | undefined {
  const bytes = Buffer.from(cursor, 'base64url');
  const token = bytes.subarray(CHECK_BYTES);
  return cursorOf(token) === cursor ? token : undefined;
}

function checkOf(token: Uint8Array): Buffer {
  return createHash('sha256').update(token).digest().subarray(0, CHECK_BYTES);
}
