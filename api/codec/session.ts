/**
 * Who has shown a key of the scope `codec` to the login page: the web UI sends no key of ours, but the cookies of its site. The
 * cookie is worth as much as the key, for a working day, and ends with it.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { ApiKeys } from '../http/api-keys.ts';
import type { ApiKey } from '../../config/api-keys.ts';

export const COOKIE = 'payscore_codec';
export const SESSION_SECONDS = 8 * 3_600;

export interface Sessions {
  /** The cookie's value. */
  begin(key: ApiKey): string;
  /** Whose session it is, as long as the key has not changed. */
  keyOf(request: Request): ApiKey | undefined;
}

/** @param secret known to every API process, and to nobody else: the newest codec key */
export function createSessions(
  secret: Buffer,
  keys: Pick<ApiKeys, 'named'>,
  now: () => number = Date.now,
): Sessions {
  const signing = Buffer.from(hkdfSync('sha256', secret, '', 'codec sessions', 32));
  const sign = (words: string) => createHmac('sha256', signing).update(words).digest('base64url');

  return {
    begin({ name, sha256 }) {
      const until = Math.floor(now() / 1_000) + SESSION_SECONDS;
      return `${name}.${until}.${sign(`${name}.${until}.${sha256.toString('hex')}`)}`;
    },
    keyOf(request) {
      const [name = '', until = '', signature = ''] = cookieIn(request)?.split('.') ?? [];
      const key = keys.named(name);
      if (!key || Number(until) * 1_000 < now()) return undefined;
      const expected = Buffer.from(sign(`${name}.${until}.${key.sha256.toString('hex')}`));
      const given = Buffer.from(signature);
      const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
      return isOurs ? key : undefined;
    },
  };
}

function cookieIn(request: Request): string | undefined {
  const pairs = (request.get('cookie') ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === COOKIE)?.[1];
}
