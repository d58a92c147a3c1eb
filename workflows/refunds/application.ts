/**
 * Applies for a refund until its outcome is proven. The same number with the same body is the same refund for WeChat Pay, so it
 * may be sent again; another number never is while this one's outcome is not known.
 */
import { ActivityFailure, CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { applyForRefund } from '../activities.ts';
import { clock } from '../service-order/clock.ts';
import { refusalIn, typeOf, whyOf } from '../unknown-outcome/activity-failure.ts';
import { pause } from '../unknown-outcome/query.ts';
import { askRefund } from './asking.ts';
import type { RefundsState } from './refunds-state.ts';
import type { Fact } from '../../payscore/order/fact.ts';
import {
  refundOf,
  withRefund,
  type RefundRecord,
  type Refunds,
} from '../../payscore/refunds/refunds.ts';
import { isToBeSent, waitBefore } from '../../payscore/refunds/rules.ts';
import { isAbout, told } from '../../payscore/refunds/told.ts';
import { LATE_ARRIVAL_MS, SEND_WITHIN_MS } from '../../payscore/times/in-flight.ts';
import type { Refusal } from '../../payscore/refusals/refusal.ts';
import type { Refund } from '../../schemas/refund.ts';
import { words } from '../words.ts';

export async function apply(state: RefundsState, out_refund_no: string): Promise<void> {
  const record = () => refundOf(state.all, out_refund_no);
  const note = (change: Partial<RefundRecord>) =>
    state.change((all) => withRefund(all, out_refund_no, change));

  const isNew = record()?.state === 'waiting';
  const waits = isNew ? waitBefore(state.all, new Date()) : 0;
  if (waits > 0) await sleep(waits, { summary: words.summaries.timers.afterRefund });
  if (isNew) state.change((all) => ({ ...all, appliedAt: new Date().toISOString() }));

  for (let round = 1; ; round++) {
    // What an earlier attempt came to may be told by now.
    if (record()?.state === 'unknown' && (await found(state, out_refund_no))) return;
    const refund = record();
    if (!refund || !isToBeSent(refund)) return;
    const attempt = await sent(state, refund);
    if (attempt.kind !== 'misconfigured') state.change(answered);
    switch (attempt.kind) {
      case 'told':
        return take(state, out_refund_no, attempt.said);
      case 'not_enough':
        note({ state: 'not_enough', refusal: attempt.refusal });
        await pause(round + 5, words.summaries.timers.refundAgain);
        break;
      case 'refused':
        if (await isLastWord(state, out_refund_no)) {
          note({ state: 'refused', refusal: attempt.refusal });
          return;
        }
        break;
      case 'misconfigured':
        state.change((all) => ({ ...all, misconfigured: attempt.why }));
        note({ why: attempt.why });
        await pause(round + 3, words.summaries.timers.refundAgain);
        break;
      case 'not_done':
        note({ why: attempt.why });
        await pause(round, words.summaries.timers.refundAgain);
        break;
      case 'unknown': {
        const { unknownSince = new Date().toISOString() } = refund;
        const { why, sentUntil } = attempt;
        note({ state: 'unknown', unknownSince, sentUntil, why });
        await pause(round, words.summaries.timers.askForRefund);
      }
    }
  }
}

const answered = (all: Refunds): Refunds => ({ ...all, misconfigured: undefined });

/** Once begun, it is waited for; and that it was begun is known to whoever goes on, if this run is broken off meanwhile. */
async function sent(state: RefundsState, refund: RefundRecord): Promise<Attempt> {
  const { out_refund_no } = refund;
  const sendBefore = new Date(Date.now() + SEND_WITHIN_MS).toISOString();
  state.change((all) => withRefund(all, out_refund_no, { isSending: sendBefore }));
  return await CancellationScope.nonCancellable(async () => {
    const attempt = await attemptOf(state.all, refund, sendBefore);
    state.change((all) => withRefund(all, out_refund_no, { isSending: undefined }));
    return attempt;
  });
}

type Attempt =
  | { readonly kind: 'told'; readonly said: Refund }
  | { readonly kind: 'refused' | 'not_enough'; readonly refusal: Refusal }
  /** Proven not done. */
  | { readonly kind: 'not_done' | 'misconfigured'; readonly why: Fact }
  /** It may arrive until `LATE_ARRIVAL_MS` after it was sent, at the latest then; RFC 3339. */
  | { readonly kind: 'unknown'; readonly sentUntil: string; readonly why: Fact };

async function attemptOf(
  { opening, charge }: Refunds,
  { out_refund_no, amount: refund, reason }: RefundRecord,
  sendBefore: string,
): Promise<Attempt> {
  // By it the worker knows what is too late.
  clock.measured(Date.now());
  const body = {
    transaction_id: opening.transaction_id,
    out_refund_no,
    ...(reason !== undefined && { reason }),
    notify_url: opening.service.notify_url,
    amount: { refund, total: charge?.total ?? refund, currency: 'CNY' },
  };
  try {
    return { kind: 'told', said: await applyForRefund(body, sendBefore) };
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    return ofFailure(error, sendBefore);
  }
}

function ofFailure(failed: ActivityFailure, sentUntil: string): Attempt {
  const refusal = refusalIn(failed);
  const why = whyOf(failed);
  switch (typeOf(failed)) {
    case 'Refused':
    case 'NotFound':
      if (!refusal) return { kind: 'unknown', sentUntil, why };
      return { kind: refusal.code === 'NOT_ENOUGH' ? 'not_enough' : 'refused', refusal };
    case 'NotSent':
      return { kind: 'not_done', why };
    case 'Misconfigured':
      return { kind: 'misconfigured', why };
    case 'Unaccepted':
    case 'Unknown':
    // Of refunds WeChat Pay says so also of what it has taken.
    case 'Throttled':
      return { kind: 'unknown', sentUntil, why };
  }
}

/** Whether WeChat Pay has it, as soon as it tells. */
async function found(state: RefundsState, out_refund_no: string): Promise<boolean> {
  const said = await askRefund(state, out_refund_no);
  if (said) take(state, out_refund_no, said);
  return said !== null;
}

/** Under our number WeChat Pay may have another refund, of another transaction or amount. */
function take(state: RefundsState, out_refund_no: string, said: Refund): void {
  const why = { code: 'refund_number_elsewhere' } as const;
  state.change((all) =>
    isAbout(all, said)
      ? told(all, said, new Date())
      : withRefund(all, out_refund_no, { state: 'refused', why }),
  );
}

/** After an attempt of which nothing is known, a refusal may be about that one: it is believed when nothing can arrive any more. */
async function isLastWord(state: RefundsState, out_refund_no: string): Promise<boolean> {
  const { unknownSince, sentUntil } = refundOf(state.all, out_refund_no) ?? {};
  if (unknownSince === undefined || sentUntil === undefined) return true;
  for (;;) {
    if (await found(state, out_refund_no)) return false;
    const left = Date.parse(sentUntil) + LATE_ARRIVAL_MS - Date.now();
    if (left <= 0) return true;
    await sleep(Math.min(left, 60_000), { summary: words.summaries.timers.arrived });
  }
}
