/** Looks into what the comparison set aside: finds the order, has it healed where it can be, and says what remains. */
import type { BillRow } from '../bill/row.ts';
import { isOfAmount, type UnmatchedRow } from './comparison.ts';
import type { EntryOf } from '../ledger/entry.ts';
import type { Finding } from '../report/finding.ts';
import { OrderSilentError, type Charge, type OrderSource, type OurOrder } from './order-source.ts';
import { firstOf } from './own-payments.ts';
import { isDueOf, type RefundJudgement } from './refund-judgement.ts';
import { chargeOf, healed, open } from '../report/row-finding.ts';
import { dayAfter, dayBefore } from '../../payscore/times/bill-date.ts';

/**
 * - a finding
 * - `agreed`: it was in order after all
 * - `agreed_if_once`: the same, unless the bill of another day has it as well, on which the order has it
 * - `elsewhere`: not of ours
 * - `undisclosed`: not of ours either, since WeChat refuses to tell us of its order
 */
export type Outcome = Finding | 'agreed' | 'agreed_if_once' | 'elsewhere' | 'undisclosed';

export interface Examined {
  readonly row: BillRow;
  /** Where something must be paid back, once it is: whether it is, refunds tell, which come later. */
  readonly outcome: Outcome;
  /** As it was read last. */
  readonly order?: OurOrder;
  /** The payment must be paid back, in whole or in part. */
  readonly isDue?: true;
  /** Of a refund, for other days. */
  readonly entry?: EntryOf<'refund'>;
}

export interface ExaminationParts {
  readonly source: OrderSource;
  readonly bill_date: string;
  /** As the comparison has it. */
  readonly begunAt: number;
  /** What becomes of an order that does not answer: the whole is tried again, or it is told. */
  readonly whenSilent: 'throw' | 'tell';
  /** Once all payments were examined. */
  readonly judgement: () => RefundJudgement;
}

/** So many orders are asked at once. */
const AT_ONCE = 20;

/** It remembers what it has seen: payments first, then refunds, each in the order of the bill. */
export function createExamination(parts: ExaminationParts) {
  const { source, bill_date, begunAt } = parts;
  const seen = new Set<string>();

  /** The outcomes come in the order of the unmatched rows. */
  async function examine(rows: readonly UnmatchedRow[]): Promise<Examined[]> {
    const known = await knownAmong(rows, source);
    const examined = new Map<UnmatchedRow, Examined>();
    const ofOurs = rows.filter((unmatched) => mayBeOurs(unmatched, known));
    const groups = [...groupedByOrder(ofOurs, known).values()];
    for (let from = 0; from < groups.length; from += AT_ONCE) {
      await Promise.all(
        groups.slice(from, from + AT_ONCE).map(async (group) => {
          // One after the other: what one heals, the next one reads.
          for (const { unmatched, number } of group)
            examined.set(unmatched, await one(unmatched, number));
        }),
      );
    }
    return rows.map(
      (unmatched) => examined.get(unmatched) ?? { row: unmatched.row, outcome: 'elsewhere' },
    );
  }

  async function one(unmatched: UnmatchedRow, number: string | undefined): Promise<Examined> {
    const { row } = unmatched;
    try {
      if (number === undefined) return await unknown(unmatched);
      const order = await source.read(number);
      return row.kind === 'payment'
        ? await payment(unmatched, order)
        : await refund(unmatched, order);
    } catch (error) {
      if (!(error instanceof OrderSilentError) || parts.whenSilent === 'throw') throw error;
      const silent = { out_order_no: error.out_order_no, phase: 'unknown', charges: [] };
      return { row, outcome: open('order_silent', row, silent) };
    }
  }

  async function payment(unmatched: UnmatchedRow, order: OurOrder): Promise<Examined> {
    const { row } = unmatched;
    const first = outcomeOf(unmatched, order);
    if (first) return examinedOf(row, first, order);
    const healing = await source.heal(order.out_order_no);
    const told = typeof healing === 'string' ? order : healing;
    return examinedOf(row, outcomeOf(unmatched, told) ?? unpaid(row, told), told);
  }

  /** What an order must pay back keeps its payment from being in order, and nothing else. */
  function examinedOf(row: BillRow, outcome: Outcome, order: OurOrder): Examined {
    const isInOrder = typeof outcome === 'string' || outcome.healed;
    const isDue = isInOrder && isDueOf(order, row.transaction_id);
    return { row, outcome, order, ...(isDue && { isDue }) };
  }

  /** Undefined where the order does not have the payment, and may learn of it. */
  function outcomeOf(unmatched: UnmatchedRow, order: OurOrder): Outcome | undefined {
    const { row } = unmatched;
    if (unmatched.isRepeated || seen.has(row.transaction_id))
      return open('row_repeated', row, order);
    const charge = chargeOf(order, row);
    if (charge) seen.add(row.transaction_id);
    if (row.odd !== undefined) return open('odd_row', row, order);
    if (!charge) {
      if (order.phase !== 'paid') return undefined;
      const hasOthers = order.charges.length > 0 && unmatched.isPayScore;
      return open(hasOthers ? 'paid_twice' : 'not_of_order', row, order);
    }
    if (!isOfAmount(charge, row)) return open('amount_differs', row, order);
    if (!isNear(charge, bill_date)) return open('other_day', row, order);
    if ((order.shortfall ?? 0) > 0 && charge === firstOf(order)) {
      return open('undercollected', row, order);
    }
    if (order.endedAt !== undefined && order.endedAt <= begunAt) {
      return charge.bill_date === bill_date ? 'agreed' : 'agreed_if_once';
    }
    // That WeChat knows an order which nobody opened here explains nothing.
    return order.isAdopted
      ? open('unknown_order', row, order)
      : healed('paid_unnoticed', row, order);
  }

  /** Another service of the merchant, or an order that was lost here: WeChat knows which services its orders are of. */
  async function unknown(unmatched: UnmatchedRow): Promise<Examined> {
    const { row, out_order_no, isPayScore } = unmatched;
    if (unmatched.isOfOthers) return { row, outcome: 'elsewhere' };
    if (!isPayScore || out_order_no === undefined) {
      const kind = row.kind === 'payment' ? 'unnamed_charge' : 'refunded';
      return { row, outcome: open(kind, row, NOBODY) };
    }
    // An order that is looked for because of a refund is of another day, and may be no longer kept: it is not taken up again.
    const isPayment = row.kind === 'payment';
    const order = await (isPayment ? source.heal(out_order_no) : source.ask(out_order_no));
    if (order === 'not_found') return { row, outcome: 'elsewhere' };
    if (order === 'refused') return { row, outcome: 'undisclosed' };
    if (!isPayment) return await refund(unmatched, order);
    return examinedOf(row, outcomeOf(unmatched, order) ?? unpaid(row, order), order);
  }

  async function refund({ row }: UnmatchedRow, order: OurOrder): Promise<Examined> {
    if (row.kind === 'payment') throw new TypeError('a payment is no refund');
    return { row, order, ...(await parts.judgement().judge(row, order)) };
  }

  return examine;
}

/** The bill and WeChat's own word contradict each other. */
function unpaid(row: BillRow, order: OurOrder): Finding {
  return open(order.isAdopted ? 'unknown_order' : 'paid_unnoticed', row, order);
}

const NOBODY: OurOrder = { out_order_no: '', phase: 'unknown', charges: [] };

interface Known {
  readonly numbers: ReadonlySet<string>;
  readonly byTransaction: ReadonlyMap<string, string>;
}

async function knownAmong(rows: readonly UnmatchedRow[], source: OrderSource): Promise<Known> {
  const orders = await source.find({
    transaction_ids: [...new Set(rows.flatMap(({ row }) => row.transaction_id || []))],
    out_order_nos: [...new Set(rows.flatMap(({ out_order_no }) => out_order_no ?? []))],
  });
  return {
    numbers: new Set(orders.map(({ out_order_no }) => out_order_no)),
    byTransaction: new Map(
      orders.flatMap(({ transaction_id, out_order_no }) =>
        transaction_id === undefined ? [] : [[transaction_id, out_order_no]],
      ),
    ),
  };
}

/** Most that are looked up are of the merchant's shop, which has JSAPI payments too. */
function mayBeOurs(unmatched: UnmatchedRow, known: Known): boolean {
  const isCharge = unmatched.row.trade_type === 'AUTH';
  return unmatched.isPayScore || isCharge || knownNumberIn(unmatched, known) !== undefined;
}

/** Of the order here that has the transaction, or the number that is named. */
function knownNumberIn({ out_order_no, row }: UnmatchedRow, { numbers, byTransaction }: Known) {
  const isNamed = out_order_no !== undefined && numbers.has(out_order_no);
  return byTransaction.get(row.transaction_id) ?? (isNamed ? out_order_no : undefined);
}

/** With the number of an order that is known here. */
function groupedByOrder(rows: readonly UnmatchedRow[], known: Known) {
  const groups = new Map<string, { unmatched: UnmatchedRow; number: string | undefined }[]>();
  for (const unmatched of rows) {
    const number = knownNumberIn(unmatched, known);
    const group = number ?? unmatched.out_order_no ?? unmatched.row.transaction_id;
    groups.set(group, [...(groups.get(group) ?? []), { unmatched, number }]);
  }
  return groups;
}

/** Around midnight WeChat's bill and its order may have a payment on different days. */
function isNear({ bill_date: its }: Charge, bill_date: string): boolean {
  return its === undefined || [dayBefore(its), its, dayAfter(its)].includes(bill_date);
}
