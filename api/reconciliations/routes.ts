/** `/v1/reconciliations`: a day's bill against the orders of that day, on request; and what came of it. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type Request } from 'express';
import { parseBody } from '../http/body.ts';
import { deadlines } from '../http/deadline.ts';
import { problemOf } from '../http/temporal-problems.ts';
import { faulty, Problem } from '../http/problems.ts';
import {
  listedReconciliations,
  readReconciliation,
  reportIn,
  type Reconciliations,
} from './read.ts';
import { onSchedule, SCHEDULE_ACTIONS, type ScheduleAction } from './schedule.ts';
import {
  billDateFault,
  isBillDate,
  oldestBillDate,
  type BillDateFault,
} from '../../payscore/times/bill-date.ts';
import { CSV_HEAD, csvOf } from '../../reconciliation/report/csv.ts';
import type { ReportStore } from '../../reconciliation/report/store.ts';
import { ReconcileDay } from '../../schemas/reconcile-day.ts';
import { withDeadline } from '../../temporal/client.ts';
import { startReconciliation } from '../../temporal/reconciliations.ts';

const RULES: Record<BillDateFault, (now: Date) => string> = {
  not_a_day: () => 'must be a day that the calendar has, yyyy-MM-dd',
  not_over: () => 'must be before today in Beijing: WeChat Pay makes the bill of a day on the next',
  too_old: (now) => `must not be before ${oldestBillDate(now)}: WeChat Pay keeps three months`,
};

export function reconciliationRoutes(parts: Reconciliations): Router {
  const { temporal, reports } = parts;
  const router = Router();

  router.post('/reconciliations', async (request, response) => {
    const { bill_date, again } = parseBody(ReconcileDay, request.body);
    const now = new Date();
    const fault = billDateFault(bill_date, now);
    if (fault) throw faulty('/bill_date', RULES[fault](now));
    const isStarted = await withDeadline(temporal, deadlines().call, () =>
      startReconciliation(
        temporal,
        bill_date,
        again ? 'ALLOW_DUPLICATE' : 'ALLOW_DUPLICATE_FAILED_ONLY',
      ),
    ).catch((error: unknown) => {
      throw problemOf(error);
    });
    response.location(`/v1/reconciliations/${bill_date}`);
    if (isStarted) response.status(202).json({ bill_date, state: 'running' });
    else response.json(await readReconciliation(parts, bill_date));
  });

  router.get('/reconciliations', async (_request, response) => {
    response.json(await listedReconciliations(parts));
  });

  router.get('/reconciliations/schedule', async (_request, response) => {
    response.json(await onSchedule(temporal));
  });

  for (const action of Object.keys(SCHEDULE_ACTIONS) as ScheduleAction[]) {
    router.post(`/reconciliations/schedule/${action}`, async (_request, response) => {
      response.json(await onSchedule(temporal, action));
    });
  }

  router.get('/reconciliations/:bill_date', async (request, response) => {
    response.json(await readReconciliation(parts, dateOf(request)));
  });

  router.get('/reconciliations/:bill_date/findings.csv', async (request, response) => {
    const bill_date = dateOf(request);
    if (!(await reportIn(reports, bill_date))) throw await whyWithoutReport(parts, bill_date);
    response.type('text/csv').attachment(`findings-${bill_date}.csv`);
    await pipeline(Readable.from(linesOf(reports, bill_date)), response);
  });

  return router;
}

async function* linesOf(reports: ReportStore, bill_date: string): AsyncIterable<string> {
  yield CSV_HEAD;
  for await (const finding of reports.findings(bill_date)) yield csvOf(bill_date, finding);
}

/** The report may be where this process does not reach. */
async function whyWithoutReport(parts: Reconciliations, bill_date: string): Promise<Problem> {
  const { state, report } = await readReconciliation(parts, bill_date);
  if (!report) {
    return new Problem('not-reconciled', {
      detail: `The reconciliation is ${state}: no report yet.`,
    });
  }
  return new Problem('unavailable', {
    detail:
      'The report is not in the API’s REPORT_FOLDER, which must be the folder that the workers write to.',
  });
}

/** @throws {Problem} `invalid-request` */
function dateOf(request: Request): string {
  const { bill_date = '' } = request.params as { bill_date?: string };
  if (isBillDate(bill_date)) return bill_date;
  throw new Problem('invalid-request', {
    detail: `The bill_date in the path ${RULES.not_a_day(new Date())}.`,
  });
}
