/** What time alone does to orders: attempts to charge come, and what nobody confirms expires. */
import { readBeijing } from '../beijing-time.ts';
import { fails, nextAttemptMs, withAttempt, withFailure } from './charging.ts';
import { ledgerEntry } from './ledger.ts';
import type { Order } from './order.ts';
import { charged, chargeFailed } from './payment.ts';
import { standingOf } from './state-table.ts';

/** How long an order may wait for its confirmation. */
const CONFIRMATION_MS = 30 * 86_400_000;

/** When time next does something to the order, if it ever does. */
export function dueOf(order: Order): number | undefined {
  switch (standingOf(order)) {
    case 'CREATED':
      return (readBeijing(order.accepted_time)?.ms ?? 0) + CONFIRMATION_MS;
    case 'USER_PAYING':
      return nextAttemptMs(order);
    case 'USER_CONFIRM':
    case 'USER_PAID':
    case 'NOTHING_TO_PAY':
    case 'REVOKED':
    case 'EXPIRED':
      return undefined;
  }
}

/** The order after everything that has fallen due, each at its own time. */
export function afterTime(order: Order, nowMs: number): Order {
  let current = order;
  for (let due = dueOf(current); due !== undefined && due <= nowMs; due = dueOf(current)) {
    current = current.state === 'CREATED' ? expired(current, due) : attempted(current, due);
  }
  return current;
}

function attempted(order: Order, nowMs: number): Order {
  const made = withAttempt(order);
  return fails(made)
    ? withFailure(chargeFailed(made, 'AUTH', nowMs))
    : charged(made, 'AUTH', nowMs);
}

function expired(order: Order, nowMs: number): Order {
  const { total_amount } = order;
  const happening = { event: 'expired', charged: 0, total_amount } as const;
  return {
    ...order,
    state: 'EXPIRED',
    ledger: [...order.ledger, ledgerEntry(happening, nowMs)],
  };
}
