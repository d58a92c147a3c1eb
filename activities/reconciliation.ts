/** One day's bill against our orders of that day: from the application to the report, in one activity that can begin again. */
import { join } from 'node:path';
import { stat } from 'node:fs/promises';
import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { CancelledFailure } from '@temporalio/common';
import { billPathIn, fetchBill, fetchFlow, flowPathIn } from './bill.ts';
import { createDeclaredRefunds } from './declared-refunds.ts';
import { createOrderSource } from './order-source.ts';
import { refundBeside } from './refund-beside.ts';
import { notCovered, reconciliationFailureOf } from './reconciliation-failure.ts';
import { rfc3339Of } from '../payscore/times/beijing-time.ts';
import { billDateFault, dayAfter, dayBefore, spanOf } from '../payscore/times/bill-date.ts';
import { inWorkFolder } from './work-folder.ts';
import type { Service } from '../payscore/order/opening.ts';
import type { Progress } from '../reconciliation/progress.ts';
import { reconcile } from '../reconciliation/reconcile.ts';
import { transactionIn } from '../reconciliation/report/matches.ts';
import type { BillDownload, Requester } from '../reconciliation/report/provenance.ts';
import {
  createReportStore,
  type ReportStore,
  type Retention,
} from '../reconciliation/report/store.ts';
import type { DayReport } from '../reconciliation/report/report.ts';
import { retentionMs } from '../temporal/retention.ts';
import { firstStartOf } from '../temporal/reconciliations.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';
import type { WorkersTemporal } from '../temporal/client.ts';
import type { Words } from '../words/en.ts';

export interface DayToReconcile {
  readonly service: Service;
  /** The merchant's other services. */
  readonly others?: readonly Service[];
  /** `yyyy-MM-dd` in Beijing. */
  readonly bill_date: string;
  /** Whose bill may have what this one lacks. */
  readonly next_bill_date?: string;
  /** Who asked for it. */
  readonly requested_by?: Requester;
}

export interface ReconciliationParts extends WorkersTemporal {
  readonly wechatpay: WechatpayClient;
  /** Of reports, and of what is being worked on; on any disk with room for a day's bill, twice. */
  readonly folder: string;
  /** Of both. */
  readonly retention: Retention;
  /** Of this program, for whoever reads a report years later. */
  readonly program?: string;
}

export type ReconciliationActivities = ReturnType<typeof createReconciliationActivities>;

/** Well under the heartbeat timeout. */
const PULSE_MS = 5_000;
const DAY_MS = 24 * 3_600_000;
/** 10:00 of the next day in Beijing (下载账单注意事项). */
const MADE_AFTER_MS = 10 * 3_600_000;
/** So often a day is tried again for an order that does not answer; then it is told without it. */
const PATIENT_ATTEMPTS = 3;

export function createReconciliationActivities(parts: ReconciliationParts) {
  return {
    /** 申请交易账单, 下载账单, and what comes of them. Everything is done again by another worker where this one is lost. */
    async reconcileDay(day: DayToReconcile): Promise<DayReport> {
      try {
        return await inWorkFolder(parts.folder, (work) => reportOn(day, parts, work));
      } catch (error) {
        // Whatever else it looked like: the worker was told to stop.
        if (cancellationSignal().aborted) throw new CancelledFailure('called off');
        throw reconciliationFailureOf(error, activityInfo().attempt, parts.words);
      }
    },
  };
}

async function reportOn(
  { service, others: otherServices = [], bill_date, next_bill_date, requested_by }: DayToReconcile,
  parts: ReconciliationParts,
  work: string,
): Promise<DayReport> {
  const { wechatpay, client, taskQueue, words, folder, retention } = parts;
  await checkCovered(client, bill_date, words);
  const { mchid } = service;
  const temporal = { client, mchid, taskQueue, words };
  const pulse = createPulse();
  try {
    const fetched = async (date: string) =>
      await fetchBill(wechatpay, { mchid, bill_date: date, folder: work }, cancellationSignal());
    const others = [...theDayBefore(bill_date), ...(next_bill_date ? [next_bill_date] : [])];
    const store = createReportStore(join(folder, mchid));
    const bill = await fetched(bill_date);
    const download = bill.file && (await downloadOf(bill.file.path));
    const { report: compared, ...files } = await reconcile({
      bill,
      otherBills: others.map((date) => () => fetched(date)),
      fundFlow: () => fetchFlow(wechatpay, { bill_date, folder: work }, cancellationSignal()),
      refundBeside: (row) => refundBeside(wechatpay, row),
      unbilledIs: next_bill_date === undefined ? 'awaited' : 'missing',
      source: createOrderSource({ temporal, services: [service, ...otherServices], wechatpay }),
      declared: createDeclaredRefunds(temporal),
      ledger: () => store.ledger.entries(),
      agreedBeside: () => agreedBeside(store, bill_date),
      acknowledgedOn: async (date) => await acknowledgedOn(store, date),
      billBefore: (await store.read(bill_date))?.bill,
      begunAt: await begunAt(client, bill_date),
      whenSilent: activityInfo().attempt > PATIENT_ATTEMPTS ? 'tell' : 'throw',
      folder: work,
      watch: pulse.tell,
    });
    const { program = 'unknown' } = parts;
    const provenance = {
      ...(requested_by && { requested_by }),
      ...{ program, ...(download && { download }) },
    };
    const report = await store.write(
      compared,
      { ...files, bill: billPathIn(work, bill_date), fundFlow: flowPathIn(work, bill_date) },
      { check: pulse.check, provenance },
    );
    await store.expire(retention, new Date());
    return report;
  } finally {
    pulse.stop();
  }
}

/** The file is as it came: nobody has written to it since. */
async function downloadOf(path: string): Promise<BillDownload> {
  const { size, mtime } = await stat(path);
  return { at: rfc3339Of(mtime), bytes: size };
}

async function* agreedBeside(store: ReportStore, bill_date: string): AsyncIterable<string> {
  for (const date of [dayBefore(bill_date), dayAfter(bill_date)]) {
    for await (const line of store.matches(date)) {
      if (line.includes(',payment,')) yield transactionIn(line);
    }
  }
}

async function acknowledgedOn(store: ReportStore, date: string): Promise<ReadonlySet<string>> {
  return new Set((await store.acknowledgements(date)).map(({ finding_id }) => finding_id));
}

/** Around midnight a payment may be in the bill of the day before, as long as WeChat still has that. */
function theDayBefore(bill_date: string): string[] {
  const date = dayBefore(bill_date);
  return billDateFault(date, new Date()) ? [] : [date];
}

/**
 * When this day was first reconciled, by whichever run: what orders learned later than that was healed. Whoever asks before
 * WeChat makes the bill only waits for it.
 */
async function begunAt(client: Client, bill_date: string): Promise<number> {
  const { workflowExecution, scheduledTimestampMs } = activityInfo();
  const id = workflowExecution?.workflowId ?? '';
  const first = await firstStartOf(client, id, scheduledTimestampMs);
  return Math.max(first, spanOf(bill_date).to.getTime() + MADE_AFTER_MS);
}

/** Tells Temporal how far it is, also while nothing comes on; and is told in turn that the run was called off. */
function createPulse() {
  let latest: Progress = { step: 'fetching', orders: 0, rows: 0, bytes: 0 };
  const pulse = setInterval(() => heartbeat(latest), PULSE_MS);
  const check = () => {
    if (cancellationSignal().aborted) throw new CancelledFailure('called off');
  };
  return {
    tell(news: Progress): void {
      check();
      latest = news;
    },
    check,
    stop: () => clearInterval(pulse),
  };
}

/** Orders that are no longer kept would look as if nobody had ever known them. */
async function checkCovered(
  { connection, options }: Client,
  bill_date: string,
  words: Words,
): Promise<void> {
  const ms = await retentionMs(connection, options.namespace);
  if (spanOf(bill_date).from.getTime() >= Date.now() - ms) return;
  throw notCovered(ms / DAY_MS, words);
}
