/** What WeChat Pay tells of a refund, and what becomes of ours by it. */
import { refundOf, withRefund, type RefundRecord, type Refunds } from './refunds.ts';
import type { Refund } from '../../schemas/refund.ts';

/** Whether it is about the refund that we know by this number, and none of another transaction or amount. */
export function isAbout(
  { opening, refunds }: Refunds,
  { out_refund_no, transaction_id, amount }: Refund,
): boolean {
  const known = refundOf({ refunds }, out_refund_no);
  if (transaction_id !== opening.transaction_id) return false;
  return known === undefined || known.amount === amount.refund;
}

/** What has ended is told once; a refund that nobody asked for here was made in the merchant platform. */
export function told(all: Refunds, said: Refund, now: Date): Refunds {
  const { out_refund_no, amount } = said;
  const known = refundOf(all, out_refund_no);
  const change: Partial<RefundRecord> = {
    ...{ state: stateOf(said), refund_id: said.refund_id, success_time: said.success_time },
    ...(amount.payer_refund !== undefined && { payer_refund: amount.payer_refund }),
    ...{ why: undefined, refusal: undefined, unknownSince: undefined, sentUntil: undefined },
  };
  const heard = { ...all, misconfigured: undefined };
  if (known) return hasEnded(known) ? all : withRefund(heard, out_refund_no, change);
  const console: RefundRecord = {
    ...{ out_refund_no, amount: said.amount.refund, digest: '', isOfConsole: true },
    ...{ receivedAt: said.create_time ?? now.toISOString(), state: 'processing' },
  };
  const refunds = [...all.refunds, { ...console, ...change }];
  return { ...heard, refunds };
}

function hasEnded({ state }: RefundRecord): boolean {
  return state === 'success' || state === 'closed';
}

function stateOf({ status }: Refund) {
  return status.toLowerCase() as Lowercase<typeof status>;
}
