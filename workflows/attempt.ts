/** One attempt to change something at WeChat Pay, and what it proves. */
import { ActivityFailure, TimeoutFailure } from '@temporalio/workflow';
import { failureTypeOf, refusalIn } from './failure.ts';
import type { Judgement } from '../payscore/judgement.ts';
import type { Refusal } from '../payscore/refusal.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

/** A worker that was stopped for longer must not send what is believed to be lost. */
export const SEND_WITHIN_MS = 30_000;

export interface Sending {
  /**
   * Undefined where WeChat's yes does not say where the order stands.
   *
   * @param sendBefore RFC 3339; afterwards it is not sent any more
   */
  send(sendBefore: string): Promise<ServiceOrder | undefined>;
  judge(said: ServiceOrder | null): Judgement;
}

export type Attempt =
  | { readonly kind: 'applied'; readonly said: ServiceOrder }
  /** WeChat has said yes, and no more. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Refused because WeChat is charging at this very moment. */
  | { readonly kind: 'charging'; readonly refusal: Refusal }
  /** Proven not done: throttled, or too late to be sent. */
  | { readonly kind: 'not_done' }
  /** Proven not done: our keys are wrong. */
  | { readonly kind: 'misconfigured'; readonly refusal: Refusal | undefined }
  /** Sent, or perhaps still to be sent until then, RFC 3339. */
  | { readonly kind: 'unknown'; readonly sentUntil: string };

export async function attemptOf({ send, judge }: Sending): Promise<Attempt> {
  const sendBefore = new Date(Date.now() + SEND_WITHIN_MS).toISOString();
  try {
    const said = await send(sendBefore);
    if (!said) return { kind: 'taken' };
    // An answer that says something else than was asked for is no answer.
    return judge(said).kind === 'applied' ? { kind: 'applied', said } : unknown(undefined);
  } catch (error) {
    if (error instanceof ActivityFailure) return ofFailure(error, sendBefore);
    throw error;
  }
}

function unknown(sentUntil: string | undefined): Attempt {
  return { kind: 'unknown', sentUntil: sentUntil ?? new Date().toISOString() };
}

function ofFailure(failure: ActivityFailure, sendBefore: string): Attempt {
  const refusal = refusalIn(failure);
  switch (failureTypeOf(failure)) {
    case 'Refused':
    case 'NotFound':
      if (!refusal) return unknown(undefined);
      return { kind: refusal.reason === 'charging' ? 'charging' : 'refused', refusal };
    case 'Throttled':
    case 'NotSent':
      return { kind: 'not_done' };
    case 'Misconfigured':
      return { kind: 'misconfigured', refusal };
    case 'Unknown':
      // A worker that does not answer in time may still have it before it.
      return unknown(failure.cause instanceof TimeoutFailure ? sendBefore : undefined);
  }
}
