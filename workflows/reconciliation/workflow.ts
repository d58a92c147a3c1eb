/** One day's bill against our orders of that day, to its report. */
import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  isCancellation,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { publish, reconcileDay } from '../activities.ts';
import {
  report as reportQuery,
  SEARCH_ATTRIBUTES,
  type ReconciliationDay,
  type ReconciliationState,
} from '../contract.ts';
import { figures } from '../figures.ts';
import { failedDetailsOf, reportDetailsOf, runningDetailsOf } from './details.ts';
import { eventMoment } from '../events/moment.ts';
import { isDayFailure, type DayFailure } from '../../payscore/days/failure.ts';
import { laneOfDay } from '../../payscore/events/lane.ts';
import { dayEvents, type DayEventData } from '../../payscore/events/of-day.ts';
import { dayAfter, spanOf } from '../../payscore/times/bill-date.ts';
import type { DayReport } from '../../reconciliation/report/report.ts';
import { words } from '../words.ts';

/** WeChat makes the bill of a day from 9:00 of the next, and has it at 10:00. */
const READY_MS = 10.5 * 3_600_000;

export async function reconciliation(day: ReconciliationDay): Promise<DayReport> {
  const { bill_date } = day;
  let latest: DayReport | null = null;
  setHandler(reportQuery, () => latest, { description: words.messages.report });

  tell('running', runningDetailsOf(bill_date, words));
  try {
    latest = await reconcileDay(day);
    if (latest.awaited.count > 0) {
      const next_bill_date = dayAfter(bill_date);
      const moment = new Date(spanOf(next_bill_date).to.getTime() + READY_MS);
      tell('awaiting', reportDetailsOf(latest, words, moment));
      await sleep(Math.max(0, moment.getTime() - Date.now()), {
        summary: words.summaries.timers.nextBill(next_bill_date),
      });
      latest = await reconcileDay({ ...day, next_bill_date });
    }
  } catch (error) {
    const failure = failureIn(error);
    figures.dayReconciled('failed', latest?.findings ?? {});
    tell('failed', failedDetailsOf(bill_date, failure, latest, words));
    if (!isCancellation(error)) {
      await tellBusiness(day, 'failed', { bill_date, why: whyOf(failure) });
    }
    // A run that was called off shows as that.
    throw isCancellation(error) ? error : failure;
  }
  figures.dayReconciled(latest.result, latest.findings);
  tell(latest.result, reportDetailsOf(latest, words));
  if (latest.result === 'unbalanced') {
    await tellBusiness(day, 'unbalanced', {
      bill_date,
      findings: openIn(latest.findings),
    });
  }
  return latest;
}

async function tellBusiness(
  { service }: ReconciliationDay,
  what: 'unbalanced' | 'failed',
  data: DayEventData,
): Promise<void> {
  if (!service.events) return;
  const lane = laneOfDay(data.bill_date);
  // Called off meanwhile, it is told all the same: the day has come to this.
  await CancellationScope.nonCancellable(() =>
    publish(service.mchid, lane, dayEvents(what, data, eventMoment())),
  );
}

function openIn(findings: DayReport['findings']): Readonly<Record<string, number>> {
  const open = Object.entries(findings).flatMap(([kind, count]) =>
    count && count.open > 0 ? [[kind, count.open] as const] : [],
  );
  return Object.fromEntries(open);
}

function tell(state: ReconciliationState, details: string): void {
  upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.reconciliation, value: state }]);
  setCurrentDetails(details);
}

/** What stood in the way last, also where the time for trying ran out. */
function failureIn(error: unknown): ApplicationFailure {
  if (isCancellation(error)) return failureOf({ type: 'Cancelled' });
  if (!(error instanceof ActivityFailure)) throw error;
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ApplicationFailure) return cause;
  }
  return ApplicationFailure.nonRetryable(error.cause?.message ?? error.message, 'Unknown');
}

function failureOf(it: DayFailure): ApplicationFailure {
  const { type } = it;
  const message = words.reconciliation.failure(it, type);
  return ApplicationFailure.create({ type, message, details: [it], nonRetryable: true });
}

function whyOf({ details, message }: ApplicationFailure): DayFailure | string {
  const [detail] = details ?? [];
  return isDayFailure(detail) ? detail : message;
}
