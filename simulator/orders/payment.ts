/** The charge that succeeds: WeChat Pay collects, or the user presses pay; both look the same. */
import { beijing14 } from '../beijing-time.ts';
import { ledgerEntry } from './ledger.ts';
import { newTransactionId } from './numbers.ts';
import type { Order } from './order.ts';

/** The order must be USER_PAYING. */
export function paid(order: Order, now: number): Order {
  const { state_description: _before, total_amount, ...rest } = order;
  const detail = {
    seq: 1,
    amount: total_amount,
    paid_type: 'NEWTON',
    paid_time: beijing14(now),
    transaction_id: newTransactionId(now),
    bank_type: 'OTHERS',
  } as const;
  return {
    ...rest,
    total_amount,
    state: 'DONE',
    collection: {
      state: 'USER_PAID',
      total_amount,
      paying_amount: 0,
      paid_amount: total_amount,
      details: [detail],
    },
    ledger: [
      ...order.ledger,
      ledgerEntry({ event: 'charged', charged: total_amount, total_amount }, now),
    ],
  };
}
