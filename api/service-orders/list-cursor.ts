/**
 * Where a list goes on: Temporal's own token, which only the server that gave it can read. It answers a spoilt one, or one
 * made by hand, as if something were wrong with itself: a few bytes before the token prove that this API gave it.
 */
import { createHmac, hkdfSync } from 'node:crypto';

const CHECK_BYTES = 16;

export interface Cursors {
  /** Undefined at the end of the list. */
  cursorOf(token: Uint8Array | null | undefined): string | undefined;
  /** Undefined when this list never gave such a cursor. */
  tokenOf(cursor: string): Buffer | undefined;
}

/** @param secret the same for every process of the API, and after a restart */
export function createCursors(secret: Buffer): Cursors {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'payscore-orders: cursors of lists', 32));

  function cursorOf(token: Uint8Array | null | undefined): string | undefined {
    if (!token || token.length === 0) return undefined;
    const check = createHmac('sha256', key).update(token).digest().subarray(0, CHECK_BYTES);
    return Buffer.concat([check, token]).toString('base64url');
  }

  return {
    cursorOf,
    tokenOf(cursor) {
      const token = Buffer.from(cursor, 'base64url').subarray(CHECK_BYTES);
      return cursorOf(token) === cursor ? token : undefined;
    },
  };
}
