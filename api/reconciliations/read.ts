/** A day's reconciliation as finance people and operators get it. */
import {
  presentedAcknowledgement,
  presentedReport,
  type ListedReconciliation,
  type Reconciliation,
  type ReconciliationList,
} from '../../answers/reconciliation.ts';
import { deadlines } from '../http/deadline.ts';
import { problemOf, reading } from '../http/temporal-problems.ts';
import { Problem } from '../http/problems.ts';
import type { Services } from '../../payscore/order/opening.ts';
import { rfc3339Of } from '../../payscore/times/beijing-time.ts';
import { countStandings } from '../../reconciliation/report/standing.ts';
import type { ReportStore } from '../../reconciliation/report/store.ts';
import type { DayReport } from '../../reconciliation/report/report.ts';
import { withDeadline, type Temporal } from '../../temporal/client.ts';
import { ask } from '../../temporal/ask.ts';
import { isWithoutWorker, runFailureOf } from '../../temporal/errors.ts';
import {
  findReconciliation,
  handleOf,
  listReconciliations,
  type ReconciliationRun,
} from '../../temporal/reconciliations.ts';
import type { Words } from '../../words/en.ts';
import { report as reportQuery } from '../../workflows/contract.ts';

export interface Reconciliations {
  readonly temporal: Temporal;
  readonly services: Services;
  readonly reports: ReportStore;
}

/** @throws {Problem} `not-reconciled`, `unavailable` */
export async function readReconciliation(
  parts: Reconciliations,
  bill_date: string,
  words: Words,
): Promise<Reconciliation> {
  const { temporal, reports } = parts;
  const { call, all } = deadlines(temporal);
  const run = await reading(temporal, call, () => findReconciliation(temporal, bill_date));
  if (!run) {
    throw new Problem('not-reconciled', {
      detail: ({ problems }) => problems.reconciliations.unknown(bill_date),
    });
  }
  const { report, failure } = await withDeadline(temporal, all, () =>
    outcomeOf(temporal, run, words),
  );
  // Where no worker answers, or the run has failed, an earlier one of the day may have come to a report.
  const known = report ?? (await reportIn(reports, bill_date));
  return {
    ...listed(run),
    ...(failure !== undefined && { failure }),
    ...(known && { report: presentedReport(known, words) }),
    ...(known && (await standingIn(reports, bill_date))),
  };
}

/** @throws {Problem} `unavailable` where the folder cannot be read */
export async function reportIn(
  reports: ReportStore,
  bill_date: string,
): Promise<DayReport | undefined> {
  return await readable(reports.read(bill_date));
}

/** What is asked of the folder of reports. @throws {Problem} `unavailable` where it cannot be read */
export async function readable<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
    if (code === undefined || (path === undefined && code !== 'EIO')) throw error;
    throw new Problem('unavailable', {
      detail: ({ problems }) => problems.reconciliations.folderUnreadable(code),
    });
  }
}

/** What has become of the findings since; of a report that is where this process does not reach it says nothing. */
async function standingIn(reports: ReportStore, bill_date: string) {
  if (!(await reportIn(reports, bill_date))) return {};
  const { counts, standings } = await readable(countStandings(reports, bill_date));
  const acknowledgements = standings.acknowledgements.map(presentedAcknowledgement);
  return { standing: counts, acknowledgements };
}

/** @throws {Problem} `unavailable` */
export async function listedReconciliations({
  temporal,
}: Reconciliations): Promise<ReconciliationList> {
  const runs = await reading(temporal, deadlines(temporal).all, () =>
    listReconciliations(temporal),
  );
  return { reconciliations: runs.map(listed) };
}

interface Told {
  readonly report?: DayReport | undefined;
  readonly failure?: { readonly type: string; readonly message: string };
}

async function outcomeOf(
  temporal: Temporal,
  run: ReconciliationRun,
  { problems, reconciliation }: Words,
): Promise<Told> {
  const handle = handleOf(temporal, run.bill_date);
  try {
    switch (run.status) {
      case 'COMPLETED':
        return { report: await handle.result() };
      case 'RUNNING':
        return { report: (await ask(handle, reportQuery, { isOver: false })) ?? undefined };
      default:
        await handle.result();
        return {};
    }
  } catch (error) {
    const failure = runFailureOf(error);
    if (failure) {
      const { type = 'Ended', detail } = failure;
      // Those of 0.2 carry nothing, and some need nothing.
      const message = reconciliation.failure(detail ?? { type }, failure.message);
      return { failure: { type, message: message || problems.reconciliations.endedFromOutside } };
    }
    if (isWithoutWorker(error)) return {};
    throw problemOf(error);
  }
}

function listed({
  bill_date,
  state = 'running',
  status,
  startTime,
  closeTime,
}: ReconciliationRun): ListedReconciliation {
  const isEnded = status !== 'RUNNING' && status !== 'COMPLETED';
  return {
    bill_date,
    state: isEnded ? 'failed' : (state as ListedReconciliation['state']),
    started_at: rfc3339Of(startTime),
    ...(closeTime && { closed_at: rfc3339Of(closeTime) }),
  };
}
