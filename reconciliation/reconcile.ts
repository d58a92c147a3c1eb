/** A day's bill against a day's orders: from proven files to findings, wherever bills and orders come from. */
import { join } from 'node:path';
import { readFileOf, type Bill } from './bill/day-bill.ts';
import type { BillRow } from './bill/row.ts';
import type { BillTotals } from './bill/totals.ts';
import type { Day, Reconciled } from './day.ts';
import type { EntryOf, LedgerEntry } from './ledger/entry.ts';
import { createBooks } from './matching/books.ts';
import { createComparison, isUnmatched } from './matching/comparison.ts';
import { add, nothing } from './matching/count.ts';
import { readOtherDays, readRefunds, stillOpen } from './matching/cross-day.ts';
import { NOTHING_DECLARED } from './matching/declared-refunds.ts';
import { createExamination, type Examined } from './matching/examination.ts';
import type { RefundHistory } from './ledger/refund-history.ts';
import { numberless, OrderSilentError, type OurOrder } from './matching/order-source.ts';
import { lookThrough } from './matching/other-bills.ts';
import { createOurSide, dayOf } from './matching/own-payments.ts';
import { createRefundJudgement, type RefundJudgement } from './matching/refund-judgement.ts';
import { createSpool } from './matching/spool.ts';
import { createUnmatchedRows } from './matching/unmatched-rows.ts';
import { createProgress } from './progress.ts';
import { findingOf } from './report/finding.ts';
import { idOf } from './report/finding-id.ts';
import { createFindings } from './report/findings.ts';
import { createMatches } from './report/matches.ts';
import { replacedBy, type DayReport } from './report/report.ts';
import { chargeOf, due, missingOf, open } from './report/row-finding.ts';
import { createWaivers } from './report/waivers.ts';

/** So many unmatched rows are looked up by one question. */
const BATCH = 200;
/** Of orders whose payment no bill has so many are read, so that each part of theirs is on its day; a day without a bill has more. */
const MOST_READ = 500;
const AT_ONCE = 20;

const NO_LEDGER = async function* () {};
const NOTHING_ACKNOWLEDGED: ReadonlySet<string> = new Set();

/** A row whose place is not known before other rows, or other bills, were seen. */
interface Undecided {
  readonly examined: Examined;
  readonly order: OurOrder;
}

/**
 * No order is looked into, healed or called missing before the bill was read to its end and adds up. Every row of the bill and
 * every payment of ours is posted to one place; that both sides sum up is proven, or there is no report.
 *
 * @throws {BillFault} the file is not what it should be; nothing was changed
 */
export async function reconcile(day: Day): Promise<Reconciled> {
  const { bill, source, begunAt, folder } = day;
  const { declared = NOTHING_DECLARED, ledger: readLedger = NO_LEDGER } = day;
  const { acknowledgedOn = async () => NOTHING_ACKNOWLEDGED } = day;
  const { bill_date, mchid } = bill;
  const progress = createProgress(day.watch);
  const books = createBooks();
  const ourSide = createOurSide(bill_date);
  const undisclosed = nothing();
  const onTheirWay = nothing();
  const others = await readOtherDays(bill_date, readLedger);
  const dues = new Map<string, Undecided>();
  const ifOnce = new Map<string, Undecided>();
  /** Whose refunds of other days must be known. */
  const about = { transactions: new Set<string>(), orders: new Set<string>() };
  let judgement: RefundJudgement | undefined;

  const unmatched = createUnmatchedRows(folder);
  const ledger = createSpool<LedgerEntry>(join(folder, 'ledger.ndjson'));
  const matches = createMatches(folder);
  const waivers = createWaivers(folder);
  const acknowledged = await acknowledgedOn(bill_date);
  const findings = createFindings({ folder, bill_date, acknowledged });
  try {
    await listOurs();
    const totals = await compareRows();
    const hash_value = bill.file?.hash_value;
    const replaces = day.billBefore && replacedBy(hash_value, day.billBefore);
    if (replaces !== undefined) await findings.add(changedBill(replaces));
    await examineAll();
    await decide();
    await lookForTheRest();
    await leaveForOthers();
    await waivers.takeAll(source, bill_date);
    for (const spool of [findings, matches, ledger]) await spool.close();
    const report = await reportOf(totals, replaces);
    return {
      report,
      ...{ findings: findings.path, matches: matches.path },
      ...{ waivers: waivers.path, ledger: ledger.path },
    };
  } finally {
    for (const spool of [unmatched, findings, matches, ledger, waivers]) spool.discard();
  }

  async function listOurs(): Promise<void> {
    progress.step('orders');
    for await (const page of source.paymentsOn(bill_date)) {
      for (const payment of page) ourSide.list(payment);
      progress.orders(ourSide.payments.size);
    }
    for (const { code: _, bill_date: __, ...payment } of others.furtherCharges) {
      ourSide.list(payment, true);
    }
  }

  async function compareRows(): Promise<BillTotals> {
    progress.step('bill');
    const take = createComparison({ payments: ourSide.payments, claimed: others.claimed, begunAt });
    const totals = await readFileOf(bill, {
      onProgress: progress.read,
      onRow(row) {
        const verdict = take(row);
        if (verdict === 'elsewhere') return books.post(row, 'elsewhere');
        if (isUnmatched(verdict)) {
          if (row.kind !== 'payment') about.transactions.add(row.transaction_id);
          return unmatched.add(verdict);
        }
        const { out_order_no, service_id, amount: order_amount } = verdict;
        books.post(row, 'agreed', service_id);
        ourSide.settle(row.transaction_id, 'agreed');
        return matches.add(row, { out_order_no, service_id, order_amount });
      },
    });
    await unmatched.close();
    return totals;
  }

  /** Payments before refunds: what is said of a refund depends on what its order knows of the payment. */
  async function examineAll(): Promise<void> {
    progress.step('findings');
    const examine = createExamination({ ...day, bill_date, judgement: () => judged() });
    for await (const batch of unmatched.payments(BATCH)) {
      for (const examined of await examine(batch)) await takePayment(examined);
      progress.unmatched();
    }
    for (const { order } of dues.values()) about.orders.add(order.out_order_no);
    for (const { entry } of others.dues) {
      if (entry.code === 'due') about.orders.add(entry.out_order_no);
    }
    const history = await readRefunds(bill_date, readLedger, about);
    judgement = createRefundJudgement({ bill_date, declared, history });
    for await (const batch of unmatched.refunds(BATCH)) {
      for (const examined of await examine(batch)) await takeRefund(examined);
      progress.unmatched();
    }
    await askAgain(history);
  }

  function judged(): RefundJudgement {
    if (!judgement) throw new TypeError('refunds are judged after the payments');
    return judgement;
  }

  async function takePayment(examined: Examined): Promise<void> {
    const { row, order, isDue } = examined;
    if (order) ourSide.read(order);
    if (isDue && order) dues.set(row.transaction_id, { examined, order });
    else await takeOutcome(examined);
  }

  async function takeOutcome(examined: Examined): Promise<void> {
    const { row, outcome, order } = examined;
    const { transaction_id } = row;
    if (typeof outcome === 'object') {
      books.post(row, 'findings', order?.service_id);
      ourSide.settle(transaction_id, 'findings');
      if (outcome.healed && order) await claimIfOfOther(row, order);
      return await findings.add(outcome);
    }
    if (outcome === 'undisclosed') add(undisclosed, row.amount);
    if (outcome === 'elsewhere' || outcome === 'undisclosed' || !order) {
      return books.post(row, 'elsewhere');
    }
    if (outcome === 'agreed_if_once') ifOnce.set(transaction_id, { examined, order });
    else await agree(row, order);
  }

  async function agree(row: BillRow, order: OurOrder): Promise<void> {
    const { out_order_no, service_id } = order;
    books.post(row, 'agreed', service_id);
    ourSide.settle(row.transaction_id, 'agreed');
    const order_amount = chargeOf(order, row)?.amount ?? row.amount;
    await matches.add(row, { out_order_no, service_id, order_amount });
    await claimIfOfOther(row, order);
  }

  /** So that no other bill agrees with the payment once more, and its own day knows where it is. */
  async function claimIfOfOther(row: BillRow, order: OurOrder): Promise<void> {
    const charge = chargeOf(order, row);
    if (!charge || (charge.bill_date !== undefined && dayOf(charge, order) === bill_date)) return;
    await ledger.add({ code: 'claim', transaction_id: row.transaction_id });
  }

  async function takeRefund({ row, outcome, order, entry }: Examined): Promise<void> {
    if (entry) await ledger.add(entry);
    if (typeof outcome === 'object') {
      books.post(row, 'findings', order?.service_id);
      return await findings.add(outcome);
    }
    if (outcome !== 'agreed' || !order) return books.post(row, 'elsewhere');
    const { out_order_no, service_id } = order;
    books.post(row, 'agreed', service_id);
    if (entry?.status === 'PROCESSING') add(onTheirWay, row.amount);
    await matches.add(row, { out_order_no, service_id, order_amount: row.amount });
  }

  /** A bill says of a refund how it stood when the bill was made, and never again. */
  async function askAgain(history: RefundHistory): Promise<void> {
    for (const pending of history.pendingBefore(bill_date)) {
      const { transaction_id, refund_id, out_refund_no, out_order_no } = pending;
      const its = await declared.of(transaction_id);
      const { status } = its.find((one) => one.out_refund_no === out_refund_no) ?? {};
      if (status === undefined || status === 'PROCESSING') continue;
      await ledger.add({ code: 'refund_ended', transaction_id, refund_id, status });
      if (status === 'SUCCESS') continue;
      const about = { out_order_no, transaction_id, refund_id, refund_status: status };
      const order_amount = pending.amount;
      await findings.add(findingOf({ kind: 'refund_failed', healed: false, ...about, order_amount }));
    }
  }

  /** What must be paid back is in order once it is: refunds have told, those of other days too. */
  async function decide(): Promise<void> {
    for (const { examined, order } of dues.values()) {
      const { row } = examined;
      const { out_order_no, refundDue = { amount: 0 } } = order;
      const it = { out_order_no, ...refundDue };
      const owed = refundDue.amount - judged().paidBack(it);
      const finding = due(row, order, owed > 0 ? owed : refundDue.amount);
      const finding_id = idOf(bill_date, finding);
      const { amount, transaction_id } = { transaction_id: undefined, ...refundDue };
      await ledger.add({
        ...{ code: 'due', out_order_no, amount, finding_id },
        ...(transaction_id !== undefined && { transaction_id }),
      });
      await takeOutcome(owed > 0 ? { ...examined, outcome: finding } : examined);
    }
  }

  /** For our charges that the bill does not have, and for those that it has although they are of another day. */
  async function lookForTheRest(): Promise<void> {
    progress.step('other bills');
    await readUnread();
    const unsettled = ourSide.unsettled().filter(({ transaction_id }) => !isUndecided(transaction_id));
    const missing = new Set(
      unsettled.map(({ transaction_id }) => transaction_id).filter((id) => !others.claimed.has(id)),
    );
    const { found, twice } = await lookThrough(day.otherBills, {
      missing,
      once: new Set(ifOnce.keys()),
    });
    const elsewhere = await agreedBeside(twice);
    for (const [transaction_id, { examined, order }] of ifOnce) {
      const { row } = examined;
      const isElsewhere = elsewhere.has(transaction_id) || others.claimed.has(transaction_id);
      const isRepeated = isElsewhere && !others.claimedHere.has(transaction_id);
      if (isRepeated) await takeOutcome({ ...examined, outcome: open('row_repeated', row, order) });
      else await agree(row, order);
    }
    for (const { out_order_no, transaction_id, amount } of unsettled) {
      if (found.has(transaction_id) || others.claimed.has(transaction_id)) {
        ourSide.settle(transaction_id, 'in_other_bill');
      } else if (day.unbilledIs === 'awaited') {
        ourSide.settle(transaction_id, 'awaited');
      } else {
        ourSide.settle(transaction_id, 'findings');
        const isNumbered = transaction_id !== numberless(out_order_no);
        const charge = { transaction_id: isNumbered ? transaction_id : '', amount };
        await findings.add(missingOf(out_order_no, charge));
      }
    }
  }

  function isUndecided(transaction_id: string): boolean {
    return ifOnce.has(transaction_id);
  }

  /** A list has an order's first charge and the sum of all: each part is of its own day. */
  async function readUnread(): Promise<void> {
    const unread = ourSide.unsettled().filter(({ isRead }) => !isRead);
    if (unread.length > MOST_READ) return;
    for (let from = 0; from < unread.length; from += AT_ONCE) {
      const some = unread.slice(from, from + AT_ONCE);
      for (const order of await Promise.all(some.map(async (it) => await readQuietly(it.out_order_no)))) {
        if (order) ourSide.read(order);
      }
    }
  }

  /** What the list has of an order that does not answer is all that there is. */
  async function readQuietly(out_order_no: string): Promise<OurOrder | undefined> {
    try {
      return await source.read(out_order_no);
    } catch (error) {
      if (error instanceof OrderSilentError) return undefined;
      throw error;
    }
  }

  async function agreedBeside(twice: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    if (ifOnce.size === 0 || !day.agreedBeside) return twice;
    const all = new Set(twice);
    for await (const transaction_id of day.agreedBeside()) {
      if (ifOnce.has(transaction_id)) all.add(transaction_id);
    }
    return all;
  }

  async function leaveForOthers(): Promise<void> {
    for (const charge of ourSide.furtherCharges()) await ledger.add(charge);
  }

  function changedBill(replaced_bill: string) {
    const about = { out_order_no: '', transaction_id: '', replaced_bill };
    return findingOf({ kind: 'bill_changed', healed: false, ...about });
  }

  async function carried(): Promise<NonNullable<DayReport['carried']>> {
    const sum = nothing();
    let oldest: string | undefined;
    for (const it of stillOpen(others.dues, (one: EntryOf<'due'>) => judged().paidBack(one))) {
      if ((await acknowledgedOn(it.bill_date)).has(it.finding_id)) continue;
      add(sum, it.owed);
      if (oldest === undefined || it.bill_date < oldest) oldest = it.bill_date;
    }
    return { ...sum, ...(oldest !== undefined && { oldest }) };
  }

  async function reportOf(totals: BillTotals, replaces: string | undefined): Promise<DayReport> {
    books.prove(totals);
    ourSide.prove();
    const { tally } = findings;
    const { payments, refunds } = books;
    const { places } = ourSide;
    const isBalanced = tally.isClear() && places.awaited.count === 0;
    return {
      ...{ bill_date, mchid, result: isBalanced ? 'balanced' : 'unbalanced' },
      bill: { ...billFactsOf(bill, totals), ...(replaces !== undefined && { replaces }) },
      ...{ ours: ourSide.ours(), agreed: payments.agreed, elsewhere: payments.elsewhere },
      ...(undisclosed.count > 0 && { undisclosed }),
      ...{ in_other_bill: places.in_other_bill, awaited: places.awaited },
      sides: { payments, refunds, ours: places },
      settlement: books.settlement(),
      carried: await carried(),
      ...(onTheirWay.count > 0 && { refunds_on_their_way: onTheirWay }),
      waivers: waivers.counts,
      ...{ findings: tally.findings(), examples: tally.examples() },
    };
  }
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
