/** Which events a payment's refunds make: each that has succeeded, and each that did not reach the user. */
import type { EventType, Happened } from './event.ts';
import { laneOfRefunds } from './lane.ts';
import { withHappened, type Moment } from './outbox.ts';
import type { RefundRecord, Refunds } from '../refunds/refunds.ts';

export interface RefundEventData {
  readonly out_order_no: string;
  readonly transaction_id: string;
  readonly refund: RefundRecord;
}

const TYPES = {
  success: 'refund.succeeded',
  abnormal: 'refund.abnormal',
} as const satisfies { readonly [State in RefundRecord['state']]?: EventType };

/** The refunds with what is now to be told of them; as they are where nobody wants to be told. */
export function withRefundEvents(before: Refunds, after: Refunds, now: () => Moment): Refunds {
  const { service, out_order_no, transaction_id } = after.opening;
  if (!service.events) return after;
  const happened = after.refunds.flatMap((refund): Happened[] => {
    const known = before.refunds.find((it) => it.out_refund_no === refund.out_refund_no);
    const { state } = refund;
    if (known?.state === state || (state !== 'success' && state !== 'abnormal')) return [];
    const data: RefundEventData = { out_order_no, transaction_id, refund };
    return [{ type: TYPES[state], data }];
  });
  if (happened.length === 0) return after;
  const { outbox = { sequence: 0, waiting: [] } } = after;
  return {
    ...after,
    outbox: withHappened(outbox, happened, laneOfRefunds(transaction_id), now()),
  };
}
