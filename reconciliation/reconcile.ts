/** A day's bill against a day's orders: from proven files to findings, wherever bills and orders come from. */
import { join } from 'node:path';
import { readFileOf } from './bill/day-bill.ts';
import type { BillTotals } from './bill/totals.ts';
import type { Day, Reconciled } from './day.ts';
import { createAccount } from './fund-flow/account.ts';
import type { LedgerEntry } from './ledger/entry.ts';
import { createBooks } from './matching/books.ts';
import { createComparison, isUnmatched } from './matching/comparison.ts';
import { add, nothing } from './matching/count.ts';
import { readOtherDays, readRefunds, stillOpen } from './matching/cross-day.ts';
import { NOTHING_DECLARED } from './matching/declared-refunds.ts';
import { createExamination, type Examined } from './matching/examination.ts';
import type { OurOrder } from './matching/order-source.ts';
import { lookThrough } from './matching/other-bills.ts';
import { createOurSide } from './matching/own-payments.ts';
import { createPaymentsOwed } from './matching/payments-owed.ts';
import { createPostings } from './matching/postings.ts';
import { createRefundJudgement, type RefundJudgement } from './matching/refund-judgement.ts';
import { endedBy } from './matching/refunds-on-their-way.ts';
import { createSpool } from './matching/spool.ts';
import { createUnmatchedRows } from './matching/unmatched-rows.ts';
import { missing, readUnsettled } from './matching/unsettled-payments.ts';
import { createProgress } from './progress.ts';
import type { Finding } from './report/finding.ts';
import { createFindings } from './report/findings.ts';
import { createMatches } from './report/matches.ts';
import { billFactsOf, replacedBy, type DayReport } from './report/report.ts';
import { open } from './report/row-finding.ts';
import { createWaivers } from './report/waivers.ts';

/** So many unmatched rows are looked up by one question. */
const BATCH = 200;

const NO_LEDGER = async function* () {};
const NOTHING_ACKNOWLEDGED: ReadonlySet<string> = new Set();

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
  const others = await readOtherDays(bill_date, readLedger);
  const acknowledged = await acknowledgedOn(bill_date);

  const unmatched = createUnmatchedRows(folder);
  const ledger = createSpool<LedgerEntry>(join(folder, 'ledger.ndjson'));
  const matches = createMatches(folder);
  const waivers = createWaivers(folder);
  const account = createAccount(bill);
  const { complete } = account;
  const findings = createFindings({ folder, bill_date, acknowledged, complete });

  const books = createBooks();
  const ourSide = createOurSide(bill_date);
  const postings = createPostings({ bill_date, books, ourSide, matches, findings, ledger });
  const undisclosed = nothing();
  const onTheirWay = nothing();
  const owed = createPaymentsOwed(bill_date);
  /** In order, unless the bill of another day has them as well. */
  const ifOnce = new Map<string, { readonly examined: Examined; readonly order: OurOrder }>();
  const refundedTransactions = new Set<string>();
  let judgement: RefundJudgement | undefined;

  try {
    await listOurs();
    const totals = await compareRows();
    if (day.fundFlow) await account.tieOut(await day.fundFlow());
    const replaces = day.billBefore && replacedBy(bill.file?.hash_value, day.billBefore);
    if (replaces !== undefined) await findings.add(changedFrom(replaces));
    await examineAll();
    await lookForTheRest();
    for (const charge of ourSide.furtherCharges()) await ledger.add(charge);
    for (const difference of account.differences()) await findings.add(difference);
    await waivers.takeAll(source, bill_date);
    for (const spool of [findings, matches, ledger]) await spool.close();
    return {
      report: await reportOf(totals, replaces),
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
        account.note(row);
        const verdict = take(row);
        if (verdict === 'elsewhere') return postings.elsewhere(row);
        if (!isUnmatched(verdict)) return postings.agreeAtOnce(row, verdict);
        if (row.kind !== 'payment') refundedTransactions.add(row.transaction_id);
        return unmatched.add(verdict);
      },
    });
    await unmatched.close();
    return totals;
  }

  /** Payments before refunds: what is said of a refund depends on what its order knows of the payment. */
  async function examineAll(): Promise<void> {
    progress.step('findings');
    const examine = createExamination({ ...day, bill_date, judgement: judged });
    for await (const batch of unmatched.payments(BATCH)) {
      for (const examined of await examine(batch)) await takePayment(examined);
      progress.unmatched();
    }
    const dues = others.dues.map(({ entry }) => entry.out_order_no);
    const history = await readRefunds(bill_date, readLedger, {
      transactions: refundedTransactions,
      orders: new Set([...owed.orders(), ...dues]),
    });
    judgement = createRefundJudgement({ bill_date, declared, history });
    for await (const batch of unmatched.refunds(BATCH)) {
      for (const examined of await examine(batch)) await takeRefund(examined);
      progress.unmatched();
    }
    for (const moved of account.refundsBeside()) {
      const row = await day.refundBeside?.(moved);
      if (row)
        await takeRefundBeside(await examine([{ row, isPayScore: false, isRepeated: false }]));
    }
    for await (const { entry, finding } of endedBy(bill_date, history, declared)) {
      await ledger.add(entry);
      if (finding) await findings.add(finding);
    }
    for (const [examined, entry] of owed.decided(judgement.paidBack)) {
      await ledger.add(entry);
      await takeOutcome(examined);
    }
  }

  function judged(): RefundJudgement {
    if (!judgement) throw new TypeError('refunds are judged after the payments');
    return judgement;
  }

  async function takePayment(examined: Examined): Promise<void> {
    const { order, isDue } = examined;
    if (order) ourSide.read(order);
    if (isDue && order) owed.add(examined, order);
    else await takeOutcome(examined);
  }

  async function takeOutcome(examined: Examined): Promise<void> {
    const { row, outcome, order } = examined;
    if (typeof outcome === 'object') return await postings.tell(row, outcome, order);
    if (outcome === 'undisclosed' && row.kind === 'payment') add(undisclosed, row.amount);
    if (outcome === 'elsewhere' || outcome === 'undisclosed' || !order) {
      return postings.elsewhere(row);
    }
    if (outcome === 'agreed_if_once') ifOnce.set(row.transaction_id, { examined, order });
    else await postings.agree(row, order);
  }

  async function takeRefund(examined: Examined): Promise<void> {
    const { row, outcome, entry } = examined;
    if (entry) await ledger.add(entry);
    if (outcome === 'agreed' && entry?.status === 'PROCESSING') add(onTheirWay, row.amount);
    await takeOutcome(examined);
  }

  /** The bill does not have it, so that it is posted nowhere: what it means for an order of ours is told all the same. */
  async function takeRefundBeside(all: readonly Examined[]): Promise<void> {
    for (const { outcome, entry } of all) {
      if (entry) await ledger.add(entry);
      if (typeof outcome === 'object') await findings.add(outcome);
    }
  }

  /** For our charges that the bill does not have, and for those that it has although they are of another day. */
  async function lookForTheRest(): Promise<void> {
    progress.step('other bills');
    await readUnsettled(ourSide, source);
    const unsettled = ourSide.unsettled().filter((it) => !ifOnce.has(it.transaction_id));
    const ids = unsettled.map(({ transaction_id }) => transaction_id);
    const { found, twice } = await lookThrough(day.otherBills, {
      missing: new Set(ids.filter((id) => !others.claimed.has(id))),
      once: new Set(ifOnce.keys()),
    });
    const beside = await agreedBeside();
    for (const [id, { examined, order }] of ifOnce) {
      const { row } = examined;
      const isElsewhere = twice.has(id) || beside.has(id) || others.claimed.has(id);
      // Who came first stays.
      const isRepeated = isElsewhere && !others.claimedHere.has(id);
      if (isRepeated) await postings.tell(row, open('row_repeated', row, order), order);
      else await postings.agree(row, order);
    }
    for (const payment of unsettled) {
      const id = payment.transaction_id;
      if (found.has(id) || others.claimed.has(id)) ourSide.settle(id, 'in_other_bill');
      else if (day.unbilledIs === 'awaited') ourSide.settle(id, 'awaited');
      else {
        ourSide.settle(id, 'findings');
        await findings.add(missing(payment));
      }
    }
  }

  /** By what was reported of the neighbours, whose bills may not be there any more. */
  async function agreedBeside(): Promise<ReadonlySet<string>> {
    const all = new Set<string>();
    if (ifOnce.size === 0 || !day.agreedBeside) return all;
    for await (const id of day.agreedBeside()) if (ifOnce.has(id)) all.add(id);
    return all;
  }

  async function carried(): Promise<NonNullable<DayReport['carried']>> {
    const sum = nothing();
    let oldest: string | undefined;
    for (const it of stillOpen(others.dues, judged().paidBack)) {
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
      ...account.told(),
      waivers: waivers.counts,
      ...{ findings: tally.findings(), examples: tally.examples() },
    };
  }
}

function changedFrom(replaced_bill: string): Finding {
  const about = { out_order_no: '', transaction_id: '', replaced_bill };
  return { kind: 'bill_changed', healed: false, ...about };
}
