/** How a callback is answered, and counted: WeChat Pay reads the status alone, and repeats what was not taken. */
import type { RequestHandler, Response } from 'express';
import type { ToldAuthorization } from './authorization.ts';
import type { Told } from './paid.ts';
import type { CallbackType } from '../../process/figures/wechatpay.ts';
import type { Metrics } from '../../process/metrics.ts';

export interface Outcome {
  readonly type: CallbackType;
  readonly result: Result;
  readonly status: 204 | keyof typeof FAILURES;
}

type Result =
  | Told
  | ToldAuthorization
  | 'acknowledged'
  | 'unverified'
  | 'undecryptable'
  | 'unreadable'
  | 'not_passed_on';

/** One fixed body for each status, so that a forger learns nothing. */
const FAILURES = {
  401: { code: 'FAIL', message: 'not verified' },
  413: { code: 'FAIL', message: 'too large' },
  500: { code: 'FAIL', message: 'not processed' },
  503: { code: 'FAIL', message: 'not available' },
} as const;

/** Before anything else: a body may be long on its way. */
export const noteBegin: RequestHandler = (_request, response, next) => {
  response.locals['begun'] = performance.now();
  next();
};

export function answer(
  response: Response,
  { countCallback }: Pick<Metrics, 'countCallback'>,
  { type, result, status }: Outcome,
): void {
  const seconds = (performance.now() - Number(response.locals['begun'])) / 1_000;
  countCallback({ type, result, seconds });
  response.status(status);
  if (status === 204) response.end();
  else response.json(FAILURES[status]);
}
