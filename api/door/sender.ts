/** Reads a notification: its headers first, and its body only where they may be WeChat Pay's. */
import express, { type RequestHandler } from 'express';
import { VerificationError } from '../../wechatpay/errors.ts';
import type { NotificationOpener } from '../../wechatpay/notification.ts';
import { LONG_BYTES, takeTurns } from './long-callbacks.ts';
import { whyHeadersUnverified } from '../../wechatpay/verification.ts';

/** The documents allow 1 MiB of ciphertext; what is longer is not WeChat's. */
const LIMIT_BYTES = 1_500_000;
const LONG_AT_ONCE = 4;
/** More do not wait for certificates at a time: each holds a piece of its body, and WeChat Pay repeats. */
const MOST_WAITING = 64;

/** Passes on why it is not read, or the parser's error about what cannot be. */
export function readNotification(
  opener: NotificationOpener,
  boundBodies: RequestHandler,
): RequestHandler[] {
  return [checkHeaders(opener), takeTurns(LONG_AT_ONCE), boundBodies, readBytes];
}

const parser = (limit: number) => express.raw({ type: () => true, limit, inflate: false });
const announced = parser(LIMIT_BYTES);
const unannounced = parser(LONG_BYTES);

/** A body that does not say how long it is has no turn, and so may not be long. */
const readBytes: RequestHandler = (request, response, next) => {
  const read = request.headers['content-length'] === undefined ? unannounced : announced;
  read(request, response, next);
};

function checkHeaders(opener: NotificationOpener): RequestHandler {
  let waiting = 0;
  return async ({ headers }, _response, next) => {
    const refresh = waiting < MOST_WAITING ? opener.refresh : undefined;
    waiting += 1;
    const unverified = await whyHeadersUnverified(headers, { ...opener, refresh });
    waiting -= 1;
    if (unverified) throw unverified;
    // The parser would read it to its end before it complains.
    if (Number(headers['content-length']) > LIMIT_BYTES) throw tooLong();
    next();
  };
}

/** Bodies that the parser refused: too large, compressed, cut. WeChat Pay sends none of them. */
export function unreadable(error: unknown): VerificationError {
  const what = isTooLong(error) ? 'is too long' : 'is compressed or was cut off';
  return new VerificationError('body', `the body ${what}`);
}

/** As the parser says it. */
const TOO_LONG = 'entity.too.large';

export function isTooLong(error: unknown): boolean {
  return (error as { type?: unknown }).type === TOO_LONG;
}

function tooLong(): Error {
  return Object.assign(new Error('too long'), { type: TOO_LONG });
}
