/** One attempt to change something at WeChat Pay, and what it proves. */
import { ActivityFailure, TimeoutFailure } from '@temporalio/workflow';
import { clock } from '../service-order/clock.ts';
import { refusalIn, typeOf, whyOf } from './activity-failure.ts';
import { SEND_WITHIN_MS } from '../../payscore/times/in-flight.ts';
import type { Fact } from '../../payscore/order/fact.ts';
import type { Effect } from '../../payscore/rules/effect.ts';
import type { Refusal } from '../../payscore/refusals/refusal.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';

export interface Sending {
  /**
   * Undefined where WeChat's yes does not say where the order stands.
   *
   * @param sendBefore RFC 3339; afterwards it is not sent any more
   */
  send(sendBefore: string): Promise<ServiceOrder | undefined>;
  effectOf(said: ServiceOrder | null, after?: After): Effect;
  /** Whether a yes is about our call, though it says something else than was asked for. */
  isOurs?(said: ServiceOrder): boolean;
}

/**
 * After what WeChat's account is looked at, where that says more than the account alone: its yes to this very call, or its refusal of
 * it for what has nothing to do with an earlier one.
 */
export type After = 'yes' | 'refusal';

export type Attempt =
  | { readonly kind: 'applied'; readonly said: ServiceOrder }
  /** WeChat has said yes, and no more that could be understood. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Refused because WeChat is charging at this very moment. */
  | { readonly kind: 'charging'; readonly refusal: Refusal }
  /** Proven not done: throttled, or too late to be sent. */
  | { readonly kind: 'not_done'; readonly why: Fact }
  /** Proven not done: our keys are wrong. */
  | { readonly kind: 'misconfigured'; readonly refusal: Refusal | undefined; readonly why: Fact }
  /** Sent, or perhaps still to be sent until then, RFC 3339. */
  | {
      readonly kind: 'unknown';
      readonly sentUntil: string;
      readonly why: Fact;
      /** Somebody says so, and nothing proves that it is WeChat: our keys are wrong, or our clock. */
      readonly isUnaccepted?: boolean;
    };

type Unknown = Extract<Attempt, { kind: 'unknown' }>;

export async function attemptOf({ send, effectOf, isOurs }: Sending): Promise<Attempt> {
  const now = Date.now();
  // By it the worker knows what is too late.
  clock.measured(now);
  const sendBefore = new Date(now + SEND_WITHIN_MS).toISOString();
  try {
    const said = await send(sendBefore);
    if (!said) return { kind: 'taken' };
    if (effectOf(said, 'yes').kind === 'applied') return { kind: 'applied', said };
    return isOurs?.(said) ? { kind: 'taken' } : unknown({ code: 'answer_of_something_else' });
  } catch (error) {
    if (error instanceof ActivityFailure) return ofFailure(error, sendBefore);
    throw error;
  }
}

function unknown(why: Fact, sentUntil = new Date().toISOString()): Unknown {
  return { kind: 'unknown', sentUntil, why };
}

function ofFailure(failure: ActivityFailure, sendBefore: string): Attempt {
  const refusal = refusalIn(failure);
  const why = whyOf(failure);
  switch (typeOf(failure)) {
    case 'Refused':
    case 'NotFound':
      if (!refusal) return unknown(why);
      return { kind: refusal.reason === 'charging' ? 'charging' : 'refused', refusal };
    case 'Throttled':
    case 'NotSent':
      return { kind: 'not_done', why };
    case 'Misconfigured':
      return { kind: 'misconfigured', refusal, why };
    case 'Unaccepted':
      return { ...unknown(why), isUnaccepted: true };
    case 'Unknown':
      // A worker that does not answer in time may still have it before it.
      return failure.cause instanceof TimeoutFailure ? unknown(why, sendBefore) : unknown(why);
  }
}
