/** Takes up an order that WeChat has: one that an older system opened, or one whose run ended though it goes on there. */
import { randomUUID } from 'node:crypto';
import { withStart } from './opening.ts';
import { readRun } from './read.ts';
import { recoveryOf } from './recover.ts';
import { refreshOrder } from './refresh.ts';
import { by, look, patience, problemOf, type Temporal } from './temporal.ts';
import { isOvertakenByEnd, isTimeout } from './temporal-errors.ts';
import { Problem } from '../problems.ts';
import type { Opening } from '../../payscore/order.ts';
import type { OrderView } from '../../payscore/view.ts';
import { opened } from '../../workflows/contract.ts';

/** Settled by WeChat's own word: there is nothing to take up. */
const SETTLED: readonly string[] = ['paid', 'paid_elsewhere', 'free'];

/**
 * @returns the order, or undefined when WeChat has not answered in time
 * @throws {Problem} `not-found` where WeChat knows no such order, `busy`, `not-taken`
 */
export async function adoptOrder(
  temporal: Temporal,
  out_order_no: string,
): Promise<OrderView | undefined> {
  const until = patience();
  const found = await look(temporal, out_order_no, until.call);
  if (!found)
    return await takeUp(temporal, { service: temporal.service, out_order_no, digest: '' });
  const { status } = found.description;
  if (status.name === 'RUNNING') return await refreshOrder(temporal, out_order_no);
  const order = await readRun(temporal, found, until.call).catch(() => undefined);
  if (status.name === 'COMPLETED' && order && SETTLED.includes(order.phase)) return order;
  return await takeUp(temporal, await recoveryOf(temporal, found.description, order));
}

async function takeUp(temporal: Temporal, opening: Opening): Promise<OrderView | undefined> {
  try {
    const order = await by(temporal, patience().call, () =>
      temporal.client.workflow.executeUpdateWithStart(opened, {
        startWorkflowOperation: withStart(temporal, opening, {
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        }),
        updateId: `opened/${randomUUID()}`,
      }),
    );
    const isUnknown = !('request' in opening) && !opening.takesUp && order.phase === 'rejected';
    if (isUnknown) throw new Problem('not-found', { detail: order.explanation ?? 'Not found.' });
    return order;
  } catch (error) {
    if (isTimeout(error) || isOvertakenByEnd(error)) return undefined;
    throw problemOf(error);
  }
}
