/** Reads an order: a finished one without a worker, a running one by asking it. */
import {
  look,
  noSuchOrder,
  problemOf,
  REQUEST_MS,
  runOf,
  within,
  type Temporal,
} from './temporal.ts';
import { isTimeout } from './temporal-errors.ts';
import { Problem } from '../problems.ts';
import type { OrderView } from '../../payscore/view.ts';
import { order as orderQuery, SEARCH_ATTRIBUTES } from '../../workflows/contract.ts';

/** @throws {Problem} `not-found`, `unavailable` */
export async function readOrder(temporal: Temporal, out_order_no: string): Promise<OrderView> {
  const found = await look(temporal, out_order_no);
  if (!found) throw noSuchOrder(out_order_no);
  const { status, typedSearchAttributes } = found.description;
  const run = runOf(temporal, out_order_no);
  try {
    // A run that was terminated has no result, but still answers queries.
    return await within(temporal, REQUEST_MS, () =>
      status.name === 'COMPLETED' ? run.result() : run.query(orderQuery),
    );
  } catch (error) {
    if (!isTimeout(error)) throw problemOf(error);
    const phase = typedSearchAttributes.get(SEARCH_ATTRIBUTES.phase) ?? 'unknown';
    throw new Problem('unavailable', {
      detail: `No worker answers for the order. The phase it last reported is ${phase}.`,
    });
  }
}
