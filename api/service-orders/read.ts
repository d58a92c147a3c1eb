/** Reads an order: a finished one without a worker, a running one by asking it. */
import { deadlines, type Deadlines } from '../http/deadline.ts';
import { problemOf } from '../http/temporal-problems.ts';
import { look, type Look } from './run.ts';
import { withDeadline, type Temporal } from '../../temporal/client.ts';
import { isWithoutWorker } from '../../temporal/errors.ts';
import { Problem } from '../http/problems.ts';
import type { OrderView } from '../../payscore/order/view.ts';
import { viewIn } from '../../temporal/earlier-run.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/contract.ts';

/** @throws {Problem} `not-found`, `unavailable` */
export async function readOrder(
  temporal: Temporal,
  out_order_no: string,
  { call, all }: Pick<Deadlines, 'call' | 'all'> = deadlines(temporal),
): Promise<OrderView> {
  const found = await look(temporal, out_order_no, call);
  if (!found) throw unknownOrder(out_order_no);
  return await readRun(temporal, found, all);
}

export function unknownOrder(out_order_no: string): Problem {
  return new Problem('not-found', {
    detail: ({ problems }) => problems.orders.unknown(out_order_no),
  });
}

/** @throws {Problem} `unavailable` when no worker answers */
export async function readRun(
  temporal: Temporal,
  { description }: Look,
  deadline: number,
): Promise<OrderView> {
  try {
    return await withDeadline(temporal, deadline, () => viewIn(temporal, description));
  } catch (error) {
    if (!isWithoutWorker(error)) throw problemOf(error);
    const phase = description.typedSearchAttributes.get(SEARCH_ATTRIBUTES.phase) ?? 'unknown';
    throw new Problem('unavailable', {
      detail: ({ problems }) => problems.orders.silent(phase),
    });
  }
}
