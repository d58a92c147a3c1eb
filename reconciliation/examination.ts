/** Looks into what the comparison doubted: finds the order, has it healed where it can be, and says what remains. */
import type { BillRow } from './bill-row.ts';
import { isOfAmount, type Doubt } from './comparison.ts';
import type { Finding } from './finding.ts';
import { OrderSilentError, type Charge, type OrderBook, type OurOrder } from './order-book.ts';
import { chargeOf, healed, open } from './row-finding.ts';
import { dayAfter, dayBefore } from '../payscore/bill-date.ts';

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
  readonly outcome: Outcome;
  /** As it was read last. */
  readonly order?: OurOrder;
}

export interface ExaminationParts {
  readonly book: OrderBook;
  readonly bill_date: string;
  /** As the comparison has it. */
  readonly begunAt: number;
  /** What becomes of an order that does not answer: the whole is tried again, or it is told. */
  readonly whenSilent: 'throw' | 'tell';
}

/** So many orders are asked at once. */
const AT_ONCE = 20;

/** It remembers what it has seen: payments first, then refunds, each in the order of the bill. */
export function createExamination(parts: ExaminationParts) {
  const { book, bill_date, begunAt } = parts;
  const seen = new Set<string>();
  const refunded = new Map<string, number>();

  /** The outcomes come in the order of the doubts. */
  async function examine(doubts: readonly Doubt[]): Promise<Examined[]> {
    const known = await knownAmong(doubts, book);
    const examined = new Map<Doubt, Examined>();
    const ofOurs = doubts.filter((doubt) => mayBeOurs(doubt, known));
    const groups = [...groupedByOrder(ofOurs, known).values()];
    for (let from = 0; from < groups.length; from += AT_ONCE) {
      await Promise.all(
        groups.slice(from, from + AT_ONCE).map(async (group) => {
          // One after the other: what one heals, the next one reads.
          for (const { doubt, number } of group) examined.set(doubt, await one(doubt, number));
        }),
      );
    }
    return doubts.map((doubt) => examined.get(doubt) ?? { row: doubt.row, outcome: 'elsewhere' });
  }

  async function one(doubt: Doubt, number: string | undefined): Promise<Examined> {
    const { row } = doubt;
    try {
      if (number === undefined) return await unknown(doubt);
      const order = await book.read(number);
      return row.kind === 'payment' ? await payment(doubt, order) : refund(doubt, order);
    } catch (error) {
      if (!(error instanceof OrderSilentError) || parts.whenSilent === 'throw') throw error;
      const silent = { out_order_no: error.out_order_no, phase: 'unknown', charges: [] };
      return { row, outcome: open('order_silent', row, silent) };
    }
  }

  async function payment(doubt: Doubt, order: OurOrder): Promise<Examined> {
    const { row } = doubt;
    const first = judged(doubt, order);
    if (first) return { row, outcome: first, order };
    const healing = await book.heal(order.out_order_no);
    const told = typeof healing === 'string' ? order : healing;
    return { row, outcome: judged(doubt, told) ?? unpaid(row, told), order: told };
  }

  /** Undefined where the order does not have the payment, and may learn of it. */
  function judged(doubt: Doubt, order: OurOrder): Outcome | undefined {
    const { row } = doubt;
    if (doubt.isRepeated || seen.has(row.transaction_id)) return open('row_repeated', row, order);
    const charge = chargeOf(order, row);
    if (charge) seen.add(row.transaction_id);
    if (row.odd !== undefined) return open('odd_row', row, order);
    if (!charge) {
      if (order.phase !== 'paid') return undefined;
      const hasOthers = order.charges.length > 0 && doubt.isPayScore;
      return open(hasOthers ? 'paid_twice' : 'not_of_order', row, order);
    }
    if (!isOfAmount(charge, row)) return open('amount_differs', row, order);
    if (!isNear(charge, bill_date)) return open('other_day', row, order);
    if (order.endedAt !== undefined && order.endedAt <= begunAt) {
      return charge.bill_date === bill_date ? 'agreed' : 'agreed_if_once';
    }
    return healed(order.isAdopted ? 'unknown_order' : 'paid_unnoticed', row, order);
  }

  /** Another service of the merchant, or an order that was lost here: WeChat knows which services its orders are of. */
  async function unknown(doubt: Doubt): Promise<Examined> {
    const { row, out_order_no, isPayScore } = doubt;
    if (row.kind !== 'payment') return { row, outcome: 'elsewhere' };
    if (!isPayScore || out_order_no === undefined) {
      return { row, outcome: open('unnamed_charge', row, NOBODY) };
    }
    const order = await book.heal(out_order_no);
    if (order === 'not_found') return { row, outcome: 'elsewhere' };
    if (order === 'refused') return { row, outcome: 'undisclosed' };
    return { row, outcome: judged(doubt, order) ?? unpaid(row, order), order };
  }

  /** What the order had asked to be paid back is in order, as long as it is not more, and has come about. */
  function refund(doubt: Doubt, order: OurOrder): Examined {
    const { row } = doubt;
    const { refundDue } = order;
    const sum = (refunded.get(row.transaction_id) ?? 0) + row.amount;
    refunded.set(row.transaction_id, sum);
    const isOfIt = (refundDue?.transaction_id ?? row.transaction_id) === row.transaction_id;
    const isPaidBack =
      row.kind === 'refund' && row.refund_status === 'SUCCESS' && row.odd === undefined;
    const wasDue = refundDue !== undefined && isOfIt && isPaidBack && sum <= refundDue.amount;
    const outcome = wasDue ? healed('refunded', row, order) : open('refunded', row, order);
    return { row, outcome, order };
  }

  /** Whether a charge of an order was in the bill. */
  const isSeen = (transaction_id: string) => seen.has(transaction_id);

  return { examine, isSeen };
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

async function knownAmong(doubts: readonly Doubt[], book: OrderBook): Promise<Known> {
  const orders = await book.find({
    transaction_ids: [...new Set(doubts.flatMap(({ row }) => row.transaction_id || []))],
    out_order_nos: [...new Set(doubts.flatMap(({ out_order_no }) => out_order_no ?? []))],
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
function mayBeOurs(doubt: Doubt, known: Known): boolean {
  const isCharge = doubt.row.trade_type === 'AUTH';
  return doubt.isPayScore || isCharge || knownNumberIn(doubt, known) !== undefined;
}

/** Of the order here that has the transaction, or the number that is named. */
function knownNumberIn({ out_order_no, row }: Doubt, { numbers, byTransaction }: Known) {
  const isNamed = out_order_no !== undefined && numbers.has(out_order_no);
  return byTransaction.get(row.transaction_id) ?? (isNamed ? out_order_no : undefined);
}

/** With the number of an order that is known here. */
function groupedByOrder(doubts: readonly Doubt[], known: Known) {
  const groups = new Map<string, { doubt: Doubt; number: string | undefined }[]>();
  for (const doubt of doubts) {
    const number = knownNumberIn(doubt, known);
    const group = number ?? doubt.out_order_no ?? doubt.row.transaction_id;
    groups.set(group, [...(groups.get(group) ?? []), { doubt, number }]);
  }
  return groups;
}

/** Around midnight WeChat's bill and its order may have a payment on different days. */
function isNear({ bill_date: its }: Charge, bill_date: string): boolean {
  return its === undefined || [dayBefore(its), its, dayAfter(its)].includes(bill_date);
}
