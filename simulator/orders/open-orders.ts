/** How many orders a person may have open at once, whichever of the person's openids opened them. */
import type { ServiceSetting } from '../service.ts';
import type { RefusalName } from '../transport/refusals.ts';
import type { Orders } from './order.ts';
import { isFinal } from './standing.ts';
import { habitOf, type Habits } from './user-habit.ts';

export interface OpenOrdersParts {
  readonly orders: Orders;
  readonly habits: Habits;
}

/** Counts the orders that are there: what was cancelled or paid makes room again. */
export function limitReached(
  openid: string,
  { open_orders_limit }: ServiceSetting,
  { orders, habits }: OpenOrdersParts,
): RefusalName | undefined {
  if (open_orders_limit === null) return undefined;
  const personOf = (user: string) => habitOf(habits, user).real_name ?? user;
  const person = personOf(openid);
  let open = 0;
  for (const order of orders.each()) {
    if (!isFinal(order) && personOf(order.openid) === person) open += 1;
  }
  return open >= open_orders_limit ? 'tooManyOrders' : undefined;
}
