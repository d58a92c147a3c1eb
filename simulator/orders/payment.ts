/** What is to pay, and how it is paid: by a charge, or elsewhere; and a charge that fails. */
import { beijing14 } from '../beijing-time.ts';
import { ledgerEntry, type Channel } from './ledger.ts';
import { newTransactionId } from './numbers.ts';
import type { CollectionDetail, Order, OrderCollection } from './order.ts';

type Dues = Pick<Order, 'state' | 'total_amount'> & Partial<Order>;

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

/** The order must be USER_PAYING; the payment looks the same to the merchant whoever began it. */
export function charged(order: Order, channel: Channel, nowMs: number, by = {}): Order {
  const { state_description: _before, total_amount, ...rest } = order;
  const detail = {
    seq: 1,
    amount: total_amount,
    paid_type: 'NEWTON',
    paid_time: beijing14(nowMs),
    ...(total_amount > 0 && { transaction_id: newTransactionId(nowMs) }),
    bank_type: 'OTHERS',
  } as const;
  const happening = { event: 'charged', charged: total_amount, channel, total_amount } as const;
  return {
    ...rest,
    total_amount,
    state: 'DONE',
    collection: collected(total_amount, detail),
    ledger: [...order.ledger, ledgerEntry({ ...happening, ...by }, nowMs)],
  };
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
  const { state_description: _before, total_amount, ...rest } = order;
  const detail = { seq: 1, amount: total_amount, paid_type: 'MCH', paid_time } as const;
  const happening = { event: 'synced', request_id, charged: 0, total_amount } as const;
  return {
    ...rest,
    total_amount,
    state: 'DONE',
    collection: collected(total_amount, detail),
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
