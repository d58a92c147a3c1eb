/**
 * Unknown is not failed: sends something that changes an order until its outcome is proven, one way or the other.
 * A body goes out again only after WeChat has said that it was not applied, and it is always the same body.
 */
import { ActivityFailure, ApplicationFailure, sleep } from '@temporalio/workflow';
import type { FailureType } from '../payscore/failure.ts';
import type { Refusal } from '../payscore/refusal.ts';
import type { Judgement } from '../payscore/judgement.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

/** An attempt may reach WeChat as long as its signature is valid, 300 s, and a little later by other clocks. */
export const STRAGGLER_MS = 330_000;
const LONGEST_PAUSE_MS = 3_600_000;

/** WeChat's own account of an order: null when it knows none, `refused` when it does not let us ask. */
export type Account = ServiceOrder | null | 'refused';

export interface Call {
  send(): Promise<ServiceOrder>;
  ask(): Promise<Account>;
  /** What an account says about whether this call was applied. */
  judge(said: ServiceOrder | null): Judgement;
}

export type Settled =
  | { readonly kind: 'applied'; readonly by: 'answer' | 'query'; readonly said: ServiceOrder }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'impossible'; readonly rule: string };

export async function settle(call: Call): Promise<Settled> {
  let isDoubtful = false;
  for (let round = 1; ; round++) {
    const attempt = await outcomeOf(call.send());
    const sentAt = Date.now();
    if (attempt.kind === 'answered' && call.judge(attempt.said).kind === 'applied') {
      return { kind: 'applied', by: 'answer', said: attempt.said };
    }
    if (attempt.kind !== 'not_done') {
      isDoubtful ||= attempt.kind !== 'refused';
      const found = await askUntilClear(call, isDoubtful);
      if (found.kind !== 'not_applied') return found;
      if (attempt.kind === 'refused') {
        if (!isDoubtful) return attempt;
        // The refusal may be about a straggler: an earlier attempt that can still arrive.
        await sleep(sentAt + STRAGGLER_MS - Date.now(), {
          summary: 'until no earlier attempt can arrive any more',
        });
        const later = await askUntilClear(call, isDoubtful);
        return later.kind === 'not_applied' ? attempt : later;
      }
    }
    await sleep(pauseAfter(round), { summary: 'before the same request is sent again' });
  }
}

type Attempt =
  | { readonly kind: 'answered'; readonly said: ServiceOrder }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Proven not done: throttled, or misconfigured. */
  | { readonly kind: 'not_done' }
  | { readonly kind: 'unknown' };

async function outcomeOf(answer: Promise<ServiceOrder>): Promise<Attempt> {
  try {
    return { kind: 'answered', said: await answer };
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const { cause } = error;
    // A timeout, for one, is a worker that was lost: whether it had sent anything is not known.
    if (!(cause instanceof ApplicationFailure)) return { kind: 'unknown' };
    const type = cause.type as FailureType;
    const refusal = refusalIn(cause);
    const isRefused = type === 'Refused' || type === 'NotFound';
    if (isRefused && refusal) return { kind: 'refused', refusal };
    return { kind: type === 'Throttled' || type === 'Misconfigured' ? 'not_done' : 'unknown' };
  }
}

/** WeChat's answer that an activity failed with, where there was one. */
export function refusalIn(failure: Error | undefined): Refusal | undefined {
  return failure instanceof ApplicationFailure
    ? (failure.details?.[0] as Refusal | undefined)
    : undefined;
}

async function askUntilClear(
  call: Call,
  isDoubtful: boolean,
): Promise<Settled | { readonly kind: 'not_applied' }> {
  for (let round = 1; ; round++) {
    const said = await call.ask();
    if (said === 'refused') {
      // Who may not even ask was refused for the same reason; only a doubt makes us insist.
      if (!isDoubtful) return { kind: 'not_applied' };
    } else {
      const judgement = call.judge(said);
      if (judgement.kind === 'applied' && said) return { kind: 'applied', by: 'query', said };
      if (judgement.kind === 'impossible' || judgement.kind === 'not_applied') return judgement;
    }
    await sleep(pauseAfter(round), { summary: 'before WeChat Pay is asked again' });
  }
}

/** Grows to an hour: whatever takes longer needs a person, and history must not fill up meanwhile. */
export function pauseAfter(round: number): number {
  return Math.min(1_000 * 2 ** Math.min(round - 1, 12), LONGEST_PAUSE_MS);
}
