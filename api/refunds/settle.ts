/** Says that what an order owes was paid back otherwise. */
import { randomUUID } from 'node:crypto';
import { deadlines } from '../http/deadline.ts';
import { Problem } from '../http/problems.ts';
import { sendUpdate } from '../service-orders/update.ts';
import { readOrder } from '../service-orders/read.ts';
import type { OrderView } from '../../payscore/order/view.ts';
import type { Temporal } from '../../temporal/client.ts';
import { settle, type SettleRequest } from '../../workflows/contract.ts';

/** @throws {Problem} `not-found`, `not-allowed`, `busy`, `not-taken` */
export async function settleByHand(
  temporal: Temporal,
  out_order_no: string,
  settled: SettleRequest,
): Promise<OrderView> {
  const until = deadlines(temporal);
  const updateId = `settle/${randomUUID()}`;
  const update = { name: settle.name, out_order_no, updateId, args: [settled] };
  const updated = await sendUpdate(temporal, update, until);
  if (typeof updated === 'object') return updated;
  if (updated === 'ended') {
    await readOrder(temporal, out_order_no, until); // there may be none
    throw new Problem('not-allowed', { detail: ({ problems }) => problems.orders.nothingOwed });
  }
  throw new Problem('not-taken', { detail: ({ problems }) => problems.orders.readThenRepeat });
}
