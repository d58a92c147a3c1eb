/** A day's bill against a day's orders: from proven files to findings, wherever bills and orders come from. */
import { readFileOf, type Bill } from './bill/day-bill.ts';
import type { BillTotals } from './bill/totals.ts';
import { createComparison } from './matching/comparison.ts';
import { add, nothing, type Count } from './matching/count.ts';
import { createUnmatchedRows } from './matching/unmatched-rows.ts';
import type { BillRow } from './bill/row.ts';
import { createExamination, type Examined } from './matching/examination.ts';
import { createFindings } from './report/findings.ts';
import type { OrderSource, OurOrder } from './matching/order-source.ts';
import { createOurSide, type OwnCharge } from './matching/own-payments.ts';
import { createProgress, type Watch } from './progress.ts';
import type { DayReport } from './report/report.ts';
import { missingOf, open } from './report/row-finding.ts';

export interface Day {
  readonly bill: Bill;
  /** Where a payment of ours may stand that is not in the day's own; the one after, once it is there. */
  readonly otherBills: readonly (() => Promise<Bill>)[];
  /** What is in none of them is awaited, or missing. */
  readonly unbilledIs: 'awaited' | 'missing';
  readonly source: OrderSource;
  /** When this day was first reconciled, in ms since the epoch. */
  readonly begunAt: number;
  /** What becomes of an order that does not answer. */
  readonly whenSilent: 'throw' | 'tell';
  /** For files that only this run needs. */
  readonly folder: string;
  readonly watch: Watch;
}

export interface Reconciled {
  readonly report: DayReport;
  /** The file with every finding, one a line. */
  readonly findings: string;
}

/** So many unmatched rows are looked up by one question. */
const BATCH = 200;

/**
 * No order is looked into, healed or called missing before the bill was read to its end and adds up.
 *
 * @throws {BillFault} the file is not what it should be; nothing was changed
 */
export async function reconcile(day: Day): Promise<Reconciled> {
  const { bill, source, begunAt } = day;
  const { bill_date, mchid } = bill;
  const progress = createProgress(day.watch);
  const ourSide = createOurSide(bill_date);
  const comparison = createComparison({ payments: ourSide.payments, begunAt });
  const { agreed, elsewhere } = comparison;
  const examination = createExamination({ ...day, bill_date });
  const awaited = nothing();
  const undisclosed = nothing();
  /** In order, unless the bill of another day has them as well. */
  const ifOnce = new Map<string, { readonly row: BillRow; readonly order: OurOrder }>();

  const unmatched = createUnmatchedRows(day.folder);
  const findings = createFindings(day.folder);
  try {
    await listOurs();
    const totals = await compareRows();
    await examineUnmatched();
    const in_other_bill = await lookThroughOtherBills();
    await findings.close();
    return { report: reportOf(totals, in_other_bill), findings: findings.path };
  } finally {
    unmatched.discard();
    findings.discard();
  }

  async function listOurs(): Promise<void> {
    progress.step('orders');
    for await (const page of source.paymentsOn(bill_date)) {
      page.forEach(ourSide.list);
      progress.orders(ourSide.payments.size);
    }
  }

  async function compareRows(): Promise<BillTotals> {
    progress.step('bill');
    const totals = await readFileOf(bill, {
      onProgress: progress.read,
      onRow(row) {
        const found = comparison.take(row);
        return found && unmatched.add(found);
      },
    });
    await unmatched.close();
    return totals;
  }

  async function examineUnmatched(): Promise<void> {
    progress.step('findings');
    for await (const batch of unmatched.batches(BATCH)) {
      for (const examined of await examination.examine(batch)) {
        if (examined.order) ourSide.read(examined.order);
        await takeOutcome(examined);
      }
      progress.unmatched();
    }
  }

  async function takeOutcome({ row, outcome, order }: Examined): Promise<void> {
    if (typeof outcome === 'object') return await findings.add(outcome);
    if (row.kind !== 'payment') return;
    if (outcome === 'agreed_if_once' && order) ifOnce.set(row.transaction_id, { row, order });
    else add(outcome === 'agreed' ? agreed : elsewhere, row.amount);
    if (outcome === 'undisclosed') add(undisclosed, row.amount);
  }

  /** For our charges that the bill does not have, and for those that it has although they are of another day. */
  async function lookThroughOtherBills(): Promise<Count> {
    progress.step('other bills');
    const unbilled = new Map<string, OwnCharge>();
    const isSeen = (id: string) => comparison.isBilled(id) || examination.isSeen(id);
    for (const own of ourSide.unseen(isSeen)) unbilled.set(own.charge.transaction_id, own);
    const found = nothing();
    const twice = new Set<string>();
    for (const other of day.otherBills) {
      if (unbilled.size + ifOnce.size === 0) break;
      await readFileOf(await other(), {
        onRow({ kind, transaction_id }) {
          if (kind !== 'payment') return;
          if (ifOnce.has(transaction_id)) twice.add(transaction_id);
          const own = unbilled.get(transaction_id);
          // Whether its amount agrees is for the other day to say.
          if (own && unbilled.delete(transaction_id)) add(found, own.charge.amount);
        },
      });
    }
    for (const [transaction_id, { row, order }] of ifOnce) {
      if (twice.has(transaction_id)) await findings.add(open('row_repeated', row, order));
      else add(agreed, row.amount);
    }
    for (const { out_order_no, charge } of unbilled.values()) {
      if (day.unbilledIs === 'awaited') add(awaited, charge.amount);
      else await findings.add(missingOf(out_order_no, charge));
    }
    return found;
  }

  function reportOf(totals: BillTotals, in_other_bill: Count): DayReport {
    const { tally } = findings;
    checkParts(totals, agreed.amount + elsewhere.amount + tally.amountInBill());
    const isBalanced = tally.isClear() && awaited.count === 0;
    return {
      ...{ bill_date, mchid, result: isBalanced ? 'balanced' : 'unbalanced' },
      ...{ bill: billFactsOf(bill, totals), ours: ourSide.ours(), agreed, elsewhere },
      ...(undisclosed.count > 0 && { undisclosed }),
      ...{ in_other_bill, awaited, findings: tally.findings(), examples: tally.examples() },
    };
  }
}

/** Every fen of the bill is in one of the parts. */
function checkParts({ amount }: BillTotals, parts: number): void {
  if (parts === amount) return;
  throw new Error(`the parts make ${parts} fen, the bill ${amount}: a fault of this program`);
}

function billFactsOf({ file }: Bill, totals: BillTotals): DayReport['bill'] {
  const { payments, amount, refunds, reversals, refund_amount, fee_off } = totals;
  return {
    ...(file && { hash_value: file.hash_value }),
    rows: payments + refunds + reversals,
    payments: { count: payments, amount },
    refunds: { count: refunds + reversals, amount: refund_amount },
    ...(fee_off !== undefined && { fee_off }),
  };
}
