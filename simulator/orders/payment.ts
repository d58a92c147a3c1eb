/** What is to pay, and how it is paid: by a charge, a coupon, or elsewhere; and a charge that fails. */
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
  const total_amount = 0;
  return { state: 'DONE', total_amount, collection: collected(total_amount, newton(0, nowMs)) };
}

/** The order must be USER_PAYING; the payment looks the same to the merchant whoever began it. */
export function charged(order: Order, channel: Channel, nowMs: number, by = {}): Order {
  const { total_amount } = order;
  const detail = {
    ...newton(total_amount, nowMs),
    ...(total_amount > 0 && { transaction_id: newTransactionId(nowMs) }),
  };
  const happening = { event: 'charged', charged: total_amount, channel, total_amount } as const;
  return paid(order, detail, { ...happening, ...by }, nowMs);
}

/** A coupon of the merchant's covers all of it: there is a payment, by which the user pays nothing. */
export function coveredByCoupon(order: Order, channel: Channel, nowMs: number): Order {
  const { total_amount } = order;
  const detail = {
    ...newton(0, nowMs),
    transaction_id: newTransactionId(nowMs),
    promotion_detail: [
      {
        coupon_id: newCouponId(),
        scope: 'GLOBAL',
        type: 'NOCASH',
        amount: total_amount,
        merchant_contribute: total_amount,
        currency: 'CNY',
      },
    ],
  } as const;
  return paid(order, detail, { event: 'charged', charged: 0, channel, total_amount }, nowMs);
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
  request_id: string,
): Order {
  const { total_amount } = order;
  const detail = { seq: 1, amount: total_amount, paid_type: 'MCH', paid_time } as const;
  return paid(order, detail, { event: 'synced', request_id, charged: 0, total_amount }, nowMs);
}

function newton(amount: number, nowMs: number): CollectionDetail {
  const paid_time = beijing14(nowMs);
  return { seq: 1, amount, paid_type: 'NEWTON', paid_time, bank_type: 'OTHERS' };
}

function paid(order: Order, detail: CollectionDetail, happening: Happening, nowMs: number): Order {
  const { state_description: _before, ...rest } = order;
  return {
    ...rest,
    state: 'DONE',
    collection: collected(order.total_amount, detail),
    ledger: [...order.ledger, ledgerEntry(happening, nowMs)],
  };
}

function collected(total_amount: number, detail: CollectionDetail): OrderCollection {
  return {
    state: 'USER_PAID',
    total_amount,
    paying_amount: 0,
    paid_amount: total_amount,
    details: [detail],
  };
}
