/** The order that a call names, if it is the service's that the call speaks for. */
import type { Collection } from '../journal.ts';
import type { Policies } from '../policies.ts';
import type { PolicyBook } from '../policy-book.ts';
import type { Identity } from '../service.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import type { RefusalName } from '../transport/refusals.ts';
import type { Order, Orders } from './order.ts';

/** Numbers of other merchants' orders, which are told apart from numbers that nobody has used. */
export type NumbersOfOthers = Collection<true>;

export interface FindOrderParts {
  readonly orders: Orders;
  readonly numbersOfOthers: NumbersOfOthers;
  readonly policies: PolicyBook;
}

const REFUSALS = {
  ORDER_NOT_EXIST: 'orderNotFound',
  INVALID_REQUEST: 'orderOfOthers',
  NO_AUTH: 'noPermission',
} as const satisfies Record<Policies['order_of_others'], RefusalName>;

/** @throws {RefusalError} `orderNotFound`, or what the policy says of an order of another service, application or merchant */
export function findOrder(
  out_order_no: string | undefined,
  { appid, service_id }: Identity,
  { orders, numbersOfOthers, policies }: FindOrderParts,
): Order {
  const order = out_order_no === undefined ? undefined : orders.get(out_order_no);
  if (order?.appid === appid && order.service_id === service_id) return order;
  const isKnown = order !== undefined || numbersOfOthers.get(out_order_no ?? '') !== undefined;
  const answer = isKnown ? policies.now().order_of_others : 'ORDER_NOT_EXIST';
  throw new RefusalError(REFUSALS[answer]);
}
