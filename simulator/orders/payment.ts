/** What is to pay, and how it is paid: by a charge, a coupon, or elsewhere, whole or in parts; and a charge that fails. */
import { beijing14 } from '../beijing-time.ts';
import { ledgerEntry, type Channel, type Happening } from './ledger.ts';
import { newCouponId, newTransactionId } from './numbers.ts';
import type { CollectionDetail, Order, OrderCollection } from './order.ts';

export type Dues = Pick<Order, 'state' | 'total_amount'> & Partial<Order>;

/** With nothing to pay, an order is done at once and never has a collection. */
export function dues(total_amount: number): Dues {
  return total_amount === 0 ? { state: 'DONE', total_amount } : payable(total_amount);
}

export function payable(total_amount: number): Dues {
  return {
    state: 'DOING',
    state_description: 'MCH_COMPLETE',
    total_amount,
    collection: {
      state: 'USER_PAYING',
      total_amount,
      paying_amount: total_amount,
      paid_amount: 0,
      details: [],
    },
  };
}

/** Lowered to nothing, and shown as if that had been charged. */
export function paidNothing(nowMs: number): Dues {
  const details = [{ seq: 1, ...newton(0, nowMs) }];
  return { state: 'DONE', total_amount: 0, collection: collected(0, details) };
}

/** What is still to pay, in fen. */
export function amountDue({ total_amount, collection }: Order): number {
  return total_amount - (collection?.paid_amount ?? 0);
}

/** Of what a charge takes, in fen; by default all that is due, and no coupon. */
export interface ChargedPart {
  readonly amount?: number | undefined;
  /** How much of it a coupon of the merchant's pays: the user pays so much less. */
  readonly coupon?: number | undefined;
}

/** The order must be USER_PAYING; the payment looks the same to the merchant whoever began it. */
export function charged(
  order: Order,
  channel: Channel,
  nowMs: number,
  by: { readonly request_id?: string } = {},
  part: ChargedPart = {},
): Order {
  const { amount = amountDue(order), coupon = 0 } = part;
  const detail = {
    ...newton(amount - coupon, nowMs),
    ...(amount > 0 && { transaction_id: newTransactionId(nowMs) }),
    ...(coupon > 0 && { promotion_detail: [couponOf(coupon)] }),
  };
  const { total_amount } = order;
  const happening = { event: 'charged', charged: amount - coupon, channel, total_amount } as const;
  return paid(order, detail, amount, { ...happening, ...by }, nowMs);
}

/** Nothing but the ledger tells of it: WeChat Pay will try again. */
export function chargeFailed(order: Order, channel: Channel, nowMs: number, by = {}): Order {
  const { total_amount } = order;
  const happening = { event: 'charge_failed', charged: 0, channel, total_amount } as const;
  return { ...order, ledger: [...order.ledger, ledgerEntry({ ...happening, ...by }, nowMs)] };
}

/** Paid to the merchant on another way, as sync told; nothing leaves the account through WeChat Pay. */
export function paidElsewhere(
  order: Order,
  paid_time: string,
  nowMs: number,
  by: { readonly request_id?: string } = {},
  amount: number = amountDue(order),
): Order {
  const detail = { amount, paid_type: 'MCH', paid_time } as const;
  const { total_amount } = order;
  const happening = { event: 'synced', charged: 0, total_amount } as const;
  return paid(order, detail, amount, { ...happening, ...by }, nowMs);
}

/**
 * A charge that was under way when the order was cancelled or synchronised, and succeeded all the same.
 * Undefined where nothing was ever to pay.
 */
export function chargedAnyway(order: Order, channel: Channel, nowMs: number): Order | undefined {
  const isBill = ({ event }: { event: string }) => event === 'completed' || event === 'modified';
  const total_amount = order.ledger.findLast(isBill)?.total_amount ?? 0;
  if (total_amount === 0) return undefined;
  const detail = { ...newton(total_amount, nowMs), transaction_id: newTransactionId(nowMs) };
  const details = [...(order.collection?.details ?? []), detail];
  const happening = { event: 'charged', charged: total_amount, channel, total_amount } as const;
  return {
    ...order,
    state: 'DONE',
    total_amount,
    collection: collected(
      total_amount,
      details.map((it, i) => ({ ...it, seq: i + 1 })),
    ),
    ledger: [...order.ledger, ledgerEntry(happening, nowMs)],
  };
}

type Detail = Omit<CollectionDetail, 'seq'>;

function newton(amount: number, nowMs: number): Detail {
  return { amount, paid_type: 'NEWTON', paid_time: beijing14(nowMs), bank_type: 'OTHERS' };
}

function couponOf(amount: number) {
  return {
    coupon_id: newCouponId(),
    scope: 'GLOBAL',
    type: 'NOCASH',
    amount,
    merchant_contribute: amount,
    currency: 'CNY',
  } as const;
}

/** The amount is what the order owes less by it. */
function paid(
  order: Order,
  detail: Detail,
  amount: number,
  happening: Happening,
  nowMs: number,
): Order {
  const { state_description: _before, collection, ...rest } = order;
  const before = collection?.details ?? [];
  const details = [...before, { seq: before.length + 1, ...detail }];
  const ledger = [...order.ledger, ledgerEntry(happening, nowMs)];
  const left = amountDue(order) - amount;
  if (left <= 0) {
    return { ...rest, state: 'DONE', collection: collected(order.total_amount, details), ledger };
  }
  const paid_amount = order.total_amount - left;
  return {
    ...order,
    collection: {
      state: 'USER_PAYING',
      total_amount: order.total_amount,
      paying_amount: left,
      paid_amount,
      details,
    },
    ledger,
  };
}

function collected(total_amount: number, details: readonly CollectionDetail[]): OrderCollection {
  return {
    state: 'USER_PAID',
    total_amount,
    paying_amount: 0,
    paid_amount: total_amount,
    details,
  };
}
