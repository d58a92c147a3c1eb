/** Has WeChat asked now how an order stands, or whether its user has authorised. */
import { randomUUID } from 'node:crypto';
import { readOrder } from './read.ts';
import { deadlines } from '../http/deadline.ts';
import { problemOf } from '../http/temporal-problems.ts';
import { withDeadline, type Temporal } from '../../temporal/client.ts';
import { toldToRefresh } from '../../temporal/orders.ts';
import { sendUpdate } from './update.ts';
import type { OrderView } from '../../payscore/order/view.ts';
import { refresh, type RefreshRequest } from '../../workflows/contract.ts';

/**
 * @returns the order, or undefined when WeChat has not answered in time; an order that has ended, as it is
 * @throws {Problem} `refused-by-wechat-pay`, `not-found`, `busy`, `not-taken`
 */
export async function refreshOrder(
  temporal: Temporal,
  out_order_no: string,
  who: Who,
  until = deadlines(temporal),
): Promise<OrderView | undefined> {
  const updated = await sendUpdate(
    temporal,
    {
      name: refresh.name,
      out_order_no,
      updateId: `refresh/${randomUUID()}`,
      args: [{ ...requestOf(who), notAfter: until.notAfter }],
      isNews: true,
    },
    until,
  );
  if (updated === 'pending') return undefined;
  return updated === 'ended'
    ? await readOrder(temporal, out_order_no, { call: until.all, all: until.all })
    : updated;
}

/** Business code, whose user waits, or somebody who only wants to know. */
export type Who = Pick<RefreshRequest, 'isUserBack'>;
export const USER: Who = { isUserBack: true };

export function requestOf(who: Who): RefreshRequest {
  return { ...who, receivedAt: new Date().toISOString(), countsAsReceived: true };
}

/** The same for business code without an answer. */
export async function enqueueRefresh(temporal: Temporal, out_order_no: string): Promise<void> {
  const isTold = await withDeadline(temporal, deadlines(temporal).call, () =>
    toldToRefresh(temporal, out_order_no, requestOf(USER)),
  ).catch((error: unknown) => {
    throw problemOf(error);
  });
  if (!isTold) await readOrder(temporal, out_order_no);
}
