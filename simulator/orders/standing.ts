/** Where an order stands, and what may happen to it there. */
import type { Order } from './order.ts';

export type Standing = 'USER_CONFIRM' | 'USER_PAYING' | 'USER_PAID' | 'NOTHING_TO_PAY';

const ALLOWED = {
  complete: ['USER_CONFIRM'],
  charge: ['USER_PAYING'],
} satisfies Record<string, Standing[]>;

export function standingOf(order: Order): Standing {
  if (order.collection !== undefined) return order.collection.state;
  return order.state === 'DONE' ? 'NOTHING_TO_PAY' : 'USER_CONFIRM';
}

export function isAllowed(step: keyof typeof ALLOWED, order: Order): boolean {
  const standings: Standing[] = ALLOWED[step];
  return standings.includes(standingOf(order));
}
