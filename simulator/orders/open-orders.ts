/** How many orders a person may have open at once, whichever of the person's openids opened them. */
import type { ServiceSetting } from '../service.ts';
import type { RefusalName } from '../transport/refusals.ts';
import type { Orders } from './order.ts';
import { isFinal } from './state-table.ts';
import { behaviourOf, type Behaviours } from './user-behaviour.ts';

export interface OpenOrdersParts {
  readonly orders: Orders;
  readonly behaviours: Behaviours;
}

/** Counts the orders that are there: what was cancelled or paid makes room again. */
export function limitReached(
  openid: string,
  { open_orders_limit }: ServiceSetting,
  { orders, behaviours }: OpenOrdersParts,
): RefusalName | undefined {
  if (open_orders_limit === null) return undefined;
  const personOf = (user: string) => behaviourOf(behaviours, user).real_name ?? user;
  const person = personOf(openid);
  let open = 0;
  for (const order of orders.each()) {
    if (!isFinal(order) && personOf(order.openid) === person) open += 1;
  }
  return open >= open_orders_limit ? 'tooManyOrders' : undefined;
}
