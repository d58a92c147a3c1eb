/** `/v1/reconciliations`: a day's bill against the orders of that day, on request; and what came of it. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type Request } from 'express';
import { presentedMonth } from '../../answers/month.ts';
import { presentedVersions } from '../../answers/kept-report.ts';
import { presentedAcknowledged } from '../../answers/reconciliation.ts';
import { callerOf } from '../http/authentication.ts';
import { parseBody } from '../http/body.ts';
import { deadlines } from '../http/deadline.ts';
import { wordsFor } from '../http/language.ts';
import { noteReplayed } from '../http/replayed.ts';
import { problemOf } from '../http/temporal-problems.ts';
import { faulty, Problem } from '../http/problems.ts';
import { acknowledge } from './acknowledge.ts';
import { monthIn, readMonth } from './month.ts';
import {
  listedReconciliations,
  readable,
  readReconciliation,
  reportIn,
  type Reconciliations,
} from './read.ts';
import { onSchedule, SCHEDULE_ACTIONS, type ScheduleAction } from './schedule.ts';
import {
  billDateFault,
  billDateOf,
  isBillDate,
  oldestBillDate,
  type BillDateFault,
} from '../../payscore/times/bill-date.ts';
import { csvOf, findingsHead } from '../../reconciliation/report/csv.ts';
import { matchesFor } from '../../reconciliation/report/matches.ts';
import { monthCsv } from '../../reconciliation/report/month-csv.ts';
import { waiversIn } from '../../reconciliation/report/month.ts';
import { standingsOn } from '../../reconciliation/report/standing.ts';
import type { ReportStore } from '../../reconciliation/report/store.ts';
import { AcknowledgeFinding } from '../../schemas/acknowledge-finding.ts';
import { ReconcileDay } from '../../schemas/reconcile-day.ts';
import { withDeadline } from '../../temporal/client.ts';
import { startReconciliation } from '../../temporal/reconciliations.ts';
import type { Words } from '../../words/en.ts';
import type { Sentence } from '../../words/sentence.ts';

function ruleOf(fault: BillDateFault, now: Date): Sentence {
  return ({ problems }) => problems.reconciliations.billDate[fault](oldestBillDate(now));
}

export function reconciliationRoutes(parts: Reconciliations): Router {
  const { temporal, services, reports } = parts;
  const [service, ...others] = services;
  const router = Router();

  router.post('/reconciliations', async (request, response) => {
    const { bill_date, again } = parseBody(ReconcileDay, request.body);
    const now = new Date();
    const caller = callerOf(response);
    const fault = billDateFault(bill_date, now);
    if (fault) throw faulty('/bill_date', ruleOf(fault, now));
    const isStarted = await withDeadline(temporal, deadlines(temporal).call, () =>
      startReconciliation(
        temporal,
        {
          ...{ service, bill_date, ...(others.length > 0 && { others }) },
          requested_by: { code: 'api', ...(caller !== undefined && { key: caller }) },
        },
        again ? 'ALLOW_DUPLICATE' : 'ALLOW_DUPLICATE_FAILED_ONLY',
      ),
    ).catch((error: unknown) => {
      throw problemOf(error);
    });
    response.location(`/v1/reconciliations/${bill_date}`);
    if (isStarted) return void response.status(202).json({ bill_date, state: 'running' });
    const day = await readReconciliation(parts, bill_date, wordsFor(response));
    noteReplayed(response);
    response.json(day);
  });

  router.get('/reconciliations', async (request, response) => {
    const month = monthIn(request);
    if (month === undefined) return void response.json(await listedReconciliations(parts));
    const { told, paying } = await readable(readMonth(parts, month));
    response.json(presentedMonth(told, paying));
  });

  router.get('/reconciliations/month.csv', async (request, response) => {
    const month = monthIn(request) ?? billDateOf(new Date()).slice(0, 7);
    const { told, paying } = await readable(readMonth(parts, month));
    response.type('text/csv').attachment(`month-${month}.csv`);
    const lines = monthCsv(told, paying, waiversIn(reports, month), temporal.words);
    await pipeline(Readable.from(lines), response);
  });

  router.get('/reconciliations/schedule', async (_request, response) => {
    response.json(await onSchedule(temporal, wordsFor(response)));
  });

  for (const action of Object.keys(SCHEDULE_ACTIONS) as ScheduleAction[]) {
    router.post(`/reconciliations/schedule/${action}`, async (_request, response) => {
      response.json(await onSchedule(temporal, wordsFor(response), action));
    });
  }

  router.get('/reconciliations/:bill_date', async (request, response) => {
    response.json(await readReconciliation(parts, dateOf(request), wordsFor(response)));
  });

  router.get('/reconciliations/:bill_date/findings.csv', async (request, response) => {
    const bill_date = dateOf(request);
    if (!(await reportIn(reports, bill_date))) throw await whyWithoutReport(parts, bill_date);
    response.type('text/csv').attachment(`findings-${bill_date}.csv`);
    await pipeline(Readable.from(linesOf(reports, bill_date, temporal.words)), response);
  });

  router.get('/reconciliations/:bill_date/matches.csv', async (request, response) => {
    const bill_date = dateOf(request);
    const report = await reportIn(reports, bill_date);
    if (!report) throw await whyWithoutReport(parts, bill_date);
    response.type('text/csv').attachment(`matches-${bill_date}.csv`);
    const lines = matchesFor(reports.matches(bill_date), temporal.words);
    await pipeline(Readable.from(lines), response);
  });

  router.get('/reconciliations/:bill_date/versions', async (request, response) => {
    const bill_date = dateOf(request);
    const versions = await readable(reports.versions(bill_date));
    if (versions.length === 0) throw await whyWithoutReport(parts, bill_date);
    response.json(presentedVersions(versions));
  });

  router.post(
    '/reconciliations/:bill_date/findings/:finding_id/acknowledged',
    async (request, response) => {
      const bill_date = dateOf(request);
      const { finding_id = '' } = request.params as { finding_id?: string };
      const body = parseBody(AcknowledgeFinding, request.body);
      if (!(await reportIn(reports, bill_date))) throw await whyWithoutReport(parts, bill_date);
      const by = callerOf(response);
      const asked = { bill_date, finding_id, by, ...body };
      const told = await readable(acknowledge(reports, asked));
      response.json(presentedAcknowledged(told, wordsFor(response)));
    },
  );

  return router;
}

async function* linesOf(
  reports: ReportStore,
  bill_date: string,
  words: Words,
): AsyncIterable<string> {
  yield findingsHead(words);
  const standings = await standingsOn(reports, bill_date);
  for await (const finding of reports.findings(bill_date)) {
    const acknowledgement = standings.acknowledgementOf(finding);
    yield csvOf(bill_date, finding, words, { standing: standings.of(finding), acknowledgement });
  }
}

/** The report may be where this process does not reach. */
async function whyWithoutReport(parts: Reconciliations, bill_date: string): Promise<Problem> {
  const { state, report } = await readReconciliation(parts, bill_date, parts.temporal.words);
  if (!report) {
    return new Problem('not-reconciled', {
      detail: ({ problems }) => problems.reconciliations.noReportYet(state),
    });
  }
  return new Problem('unavailable', {
    detail: ({ problems }) => problems.reconciliations.notInFolder,
  });
}

/** @throws {Problem} `invalid-request` */
function dateOf(request: Request): string {
  const { bill_date = '' } = request.params as { bill_date?: string };
  if (isBillDate(bill_date)) return bill_date;
  const rule = ruleOf('not_a_day', new Date());
  throw new Problem('invalid-request', {
    detail: (words) => words.problems.request.inPath('bill_date', rule(words)),
  });
}
