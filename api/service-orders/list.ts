/** Lists orders through Temporal's visibility, which needs no worker, and lags behind by moments. */
import type { ListedOrder, OrderList } from '../../answers/service-order-list.ts';
import type { Cursors } from './list-cursor.ts';
import type { ListQuery } from './list-query.ts';
import { deadlines } from '../http/deadline.ts';
import { reading } from '../http/temporal-problems.ts';
import type { Temporal } from '../../temporal/client.ts';
import { notedOf } from '../../temporal/opening.ts';
import {
  ofMerchant,
  runsIn as listRuns,
  type OrderRun,
  type RunsAsked,
  type RunsPage,
} from '../../temporal/runs.ts';
import type { Phase } from '../../payscore/rules/phase.ts';
import type { Trouble } from '../../payscore/rules/trouble.ts';
import { rfc3339Of } from '../../payscore/times/beijing-time.ts';
import { numberOfWorkflow, SEARCH_ATTRIBUTES } from '../../workflows/contract.ts';

const { phase: PHASE, trouble: TROUBLE, serviceId: SERVICE_ID } = SEARCH_ATTRIBUTES;
const { paidAmount, paidAt, transactionId } = SEARCH_ATTRIBUTES;

/** More runs than a page of orders has. */
const RUNS_LIMIT = 1_000;

/** @throws {Problem} `unavailable` */
export async function listOrders(
  temporal: Temporal,
  asked: ListQuery,
  { cursorOf }: Cursors,
): Promise<OrderList> {
  const { all } = deadlines(temporal);
  const page = await runsIn(temporal, all, {
    conditions: [
      ofMerchant(temporal),
      ...(asked.phase ? [`${PHASE.name} = '${asked.phase}'`] : []),
      ...(asked.trouble ? [`${TROUBLE.name} = '${asked.trouble}'`] : []),
      ...(asked.service_id ? [`${SERVICE_ID.name} = '${asked.service_id}'`] : []),
    ],
    pageSize: asked.limit,
    token: asked.cursor,
  });
  const next_cursor = cursorOf(page.token);
  return {
    orders: (await latestOf(temporal, all, page.runs)).map((run) => listed(temporal, run)),
    ...(next_cursor !== undefined && { next_cursor }),
  };
}

/** An order that was taken up again has several runs; only its latest tells how it stands. */
async function latestOf(
  temporal: Temporal,
  deadline: number,
  runs: OrderRun[],
): Promise<OrderRun[]> {
  const closed = runs.filter(({ closeTime }) => closeTime !== undefined);
  if (closed.length === 0) return runs;
  const ids = new Set(closed.map(({ workflowId }) => `'${workflowId}'`));
  const { runs: siblings } = await runsIn(temporal, deadline, {
    conditions: [`WorkflowId IN (${[...ids].join(', ')})`],
    pageSize: RUNS_LIMIT,
  });
  const isOvertaken = ({ workflowId, startTime }: OrderRun) =>
    siblings.some((it) => it.workflowId === workflowId && it.startTime > startTime);
  return runs.filter((run) => !isOvertaken(run));
}

async function runsIn(temporal: Temporal, deadline: number, asked: RunsAsked): Promise<RunsPage> {
  return await reading(temporal, deadline, () => listRuns(temporal, asked));
}

function listed({ mchid }: Temporal, run: OrderRun): ListedOrder {
  const { workflowId, closeTime, typedSearchAttributes: shown } = run;
  const paid = shown.get(paidAt);
  return {
    out_order_no: numberOfWorkflow(mchid, workflowId),
    service_id: shown.get(SERVICE_ID),
    phase: shown.get(PHASE) as Phase | undefined,
    trouble: shown.get(TROUBLE) as Trouble | undefined,
    opened_at: notedOf(run).openedAt,
    closed_at: closeTime && rfc3339Of(closeTime),
    paid_amount: shown.get(paidAmount),
    paid_at: paid && rfc3339Of(paid),
    transaction_id: shown.get(transactionId),
  };
}
