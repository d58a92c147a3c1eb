/** What calls of the client may come to: an answer, or one of the client's own errors. */
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Answer } from '../../wechatpay/answer.ts';
import { isWechatpayError, type WechatpayError } from '../../wechatpay/errors.ts';

export type Outcome = { readonly answer: Answer } | { readonly error: WechatpayError };

export function assertOwn(error: unknown): asserts error is WechatpayError {
  assert.ok(isWechatpayError(error), `not an error of the client's own: ${inspect(error)}`);
}

/** @throws whatever is not an error of the client's own */
export async function outcomeOf(call: () => Promise<Answer>): Promise<Outcome> {
  try {
    return { answer: await call() };
  } catch (error) {
    assertOwn(error);
    return { error };
  }
}

/** Everything that an error may show, however it is printed. */
export function shownBy(error: Error): string {
  return [
    error.message,
    error.stack,
    JSON.stringify(error),
    inspect(error, { depth: 9, showHidden: true }),
  ].join('\n');
}
