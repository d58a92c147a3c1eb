/** Bearer API keys, of which only the SHA-256 is known. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { Problem } from './problems.ts';

export function authenticate(keysSha256: readonly string[]): RequestHandler {
  const known = keysSha256.map((digest) => Buffer.from(digest, 'hex'));
  return (request, _response, next) => {
    const [, key] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    const digest = createHash('sha256')
      .update(key ?? '')
      .digest();
    const matches = known.filter((candidate) => timingSafeEqual(candidate, digest));
    if (key === undefined || matches.length === 0) {
      throw new Problem('unauthenticated', { detail: 'Send Authorization: Bearer <API key>.' });
    }
    next();
  };
}
