/** A user confirms an order that a confirm-free service should not have left waiting. */
import { beijing14 } from '../beijing-time.ts';
import { ledgerEntry } from './ledger.ts';
import type { Order } from './order.ts';

/** The order must be CREATED; with a start of `OnAccept` the service begins now. */
export function confirmed(order: Order, nowMs: number): Order {
  const { total_amount } = order;
  const happening = { event: 'confirmed', charged: 0, total_amount } as const;
  return {
    ...order,
    state: 'DOING',
    state_description: 'USER_CONFIRM',
    accepted_time: beijing14(nowMs),
    ledger: [...order.ledger, ledgerEntry(happening, nowMs)],
  };
}
