/** What was paid, when, under which number: read from an order that WeChat has charged. */
import { instantOf } from '../times/beijing-time.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';

export interface Charged {
  /** In fen, what pay score collected. */
  readonly amount: number;
  /** The number that the bill and refunds know; `out_order_no` is not accepted there. */
  readonly transaction_id: string | undefined;
  readonly paidAt: Date | undefined;
}

type Collected = Partial<Pick<ServiceOrder, 'collection'>>;

/** The part of a collection that WeChat charged itself (`paid_type` NEWTON); a coupon may have left nothing to charge. */
export function chargedOf(order: Collected): Charged {
  const collected = collectedOf(order);
  const charged = chargesOf(order);
  const [first] = charged.length > 0 ? charged : collected;
  return {
    amount: charged.reduce((sum, { amount = 0 }) => sum + amount, 0),
    transaction_id: first?.transaction_id,
    paidAt: paidAtOf(first?.paid_time),
  };
}

/** `paid_time`; as RFC 3339 too, which it is in the messages of other products of WeChat Pay. */
export function paidAtOf(paid_time = ''): Date | undefined {
  const isRfc3339 = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(paid_time);
  const instant = isRfc3339 ? new Date(paid_time) : instantOf(paid_time);
  return instant && Number.isFinite(instant.getTime()) ? instant : undefined;
}

/** The numbers of all that WeChat charged. */
export function transactionsOf(order: Collected): string[] {
  return chargesOf(order).flatMap(({ transaction_id }) => transaction_id ?? []);
}

/** All that WeChat charged itself, each in fen. */
export function chargesOf(order: Collected) {
  return collectedOf(order).filter(({ amount = 0 }) => amount > 0);
}

/** The same, and what a coupon paid for: nothing was left to charge, and there is a transaction. */
export function collectedOf({ collection }: Collected) {
  return (collection?.details ?? []).filter(isCharged);
}

type Detail = NonNullable<ServiceOrder['collection']>['details'][number];

function isCharged({ paid_type }: Detail): boolean {
  return paid_type === 'NEWTON';
}
