/** Whose phone a request is of, and which of their orders it is about: others' are as good as none. */
import type { Request } from 'express';
import type { Order } from '../../orders/order.ts';
import { PageError } from '../page-error.ts';
import type { Sources } from '../sources.ts';
import type { PhoneUser } from './users.ts';

export interface Own {
  userOf(req: Request): PhoneUser;
  orderOf(req: Request): Order;
  /** Of an order, or of what was rented here and WeChat Pay does not have yet. */
  numberOf(req: Request): string;
}

/** Its functions throw a PageError where there is no such user or order. */
export function createOwn({ users, orders }: Sources): Own {
  function userOf({ params }: Request): PhoneUser {
    const user = users.find(String(params['user']));
    if (user === undefined) throw new PageError(404, '没有这位用户，请重新选择');
    return user;
  }

  function orderOf(req: Request): Order {
    const order = orders.get(String(req.params['number']));
    if (order?.openid !== userOf(req).openid) throw new PageError(404, '没有这笔订单');
    return order;
  }

  return {
    userOf,
    orderOf,
    numberOf(req) {
      const number = String(req.params['number']);
      return userOf(req).rented.includes(number) ? number : orderOf(req).out_order_no;
    },
  };
}

export function orderPath({ id }: PhoneUser, out_order_no: string): string {
  return `/phone/u/${id}/orders/${encodeURIComponent(out_order_no)}`;
}
