/** What Temporal itself knows of an order's run, without a worker. */
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { problemOf, reading } from '../http/temporal-problems.ts';
import { withDeadline, type Temporal } from '../../temporal/client.ts';
import { notedOf } from '../../temporal/opening.ts';
import { lookUp } from '../../temporal/orders.ts';
import { openingOf } from '../../temporal/run-events.ts';
import type { Opening } from '../../payscore/order/opening.ts';

export interface Look {
  readonly out_order_no: string;
  readonly description: WorkflowExecutionDescription;
  /** Of the body that the order was opened with. */
  readonly digest: string | undefined;
}

/** @returns undefined when there is none */
export async function look(
  temporal: Temporal,
  out_order_no: string,
  deadline: number,
): Promise<Look | undefined> {
  try {
    const description = await withDeadline(temporal, deadline, () =>
      lookUp(temporal, out_order_no),
    );
    if (!description) return undefined;
    return { out_order_no, description, digest: notedOf(description).digest };
  } catch (error) {
    throw problemOf(error);
  }
}

/** With what it was opened: of which service an order is, whatever is configured by now. @throws {Problem} `unavailable` */
export async function openingOfRun(
  temporal: Temporal,
  { description }: Look,
  deadline: number,
): Promise<Opening> {
  return await reading(temporal, deadline, () => openingOf(temporal, description));
}
