/** The rows of a day's bill against our payments of that day: what agrees is posted, what does not is set aside. */
import { absenceFrom } from './absence.ts';
import type { BillRow } from '../bill/row.ts';
import type { OwnPayment } from './own-payments.ts';
import { attachOf } from '../bill/attach.ts';

/** What an `out_order_no` of ours can be; other business, and older systems, may have `*` and `|` in theirs. */
const NUMBER = /^[0-9A-Za-z_-]{1,32}$/;

/** A row that must be looked into. */
export interface UnmatchedRow {
  readonly row: BillRow;
  /** The order that the row names, as far as it does. */
  readonly out_order_no?: string;
  /** It is certainly of Pay Score: what WeChat itself attached names the order, or we have the payment. */
  readonly isPayScore: boolean;
  /** The payment stood in the bill before, or agreed with the bill of another day. */
  readonly isRepeated: boolean;
  /** By what it says of itself it is of others; that an order here has its transaction makes it ours. */
  readonly isOfOthers?: true;
}

export interface ComparisonParts {
  /** By `transaction_id`. */
  readonly payments: ReadonlyMap<string, OwnPayment>;
  /** Of ours, those that agreed with the bill of another day. */
  readonly claimed: ReadonlySet<string>;
  /** Payments that an order learned of later than this, in ms since the epoch, are set aside: somebody must be told. */
  readonly begunAt: number;
}

/** What becomes of a row at once: it agrees with a payment of ours, has nothing to do with any, or must be looked into. */
export type Verdict = OwnPayment | 'elsewhere' | UnmatchedRow;

export function createComparison({ payments, claimed, begunAt }: ComparisonParts) {
  const isAbsent = absenceFrom(payments.keys());
  return function take(row: BillRow): Verdict {
    // First what we know of the transaction, then what the row says of itself: its 交易类型 may be another.
    const { transaction_id } = row;
    const payment = isAbsent(transaction_id) ? undefined : payments.get(transaction_id);
    if (!payment && !mayBeOurs(row)) return 'elsewhere';
    if (!payment || row.kind !== 'payment') return unmatchedOf(row, payment);
    const isRepeated = payment.isBilled || claimed.has(payment.transaction_id);
    payment.isBilled = true;
    const isInOrder = row.odd === undefined && isOfAmount(payment, row) && !payment.isOwed;
    if (isRepeated || !isInOrder || payment.knownAt > begunAt) {
      return { ...unmatchedOf(row, payment), isRepeated };
    }
    return payment;
  };
}

export function isUnmatched(verdict: Verdict): verdict is UnmatchedRow {
  return typeof verdict === 'object' && 'row' in verdict;
}

/** The bill has 订单金额, an order what its user paid: without a coupon both are the same. */
export function isOfAmount({ amount }: { readonly amount: number }, row: BillRow): boolean {
  return amount === row.amount || amount === row.amount - row.coupon_amount;
}

/** 交易类型 of what is never charged by Pay Score, which has AUTH, and JSAPI where the user pays from the order page. */
const ELSEWHERE: ReadonlySet<string> = new Set(['NATIVE', 'APP', 'MICROPAY', 'MWEB', 'FACE']);

/**
 * Asked of every row whose transaction is not of the day's: what may be ours is looked up. Refunds are few, and their
 * payments of any day; of payments most of a bill may be the merchant's shop.
 */
function mayBeOurs(row: BillRow): boolean {
  return (row.kind !== 'payment' && row.transaction_id !== '') || saysSo(row);
}

function saysSo(row: BillRow): boolean {
  if (isOfOthers(row)) return false;
  if (!row.attach.startsWith('wxzff|')) return !ELSEWHERE.has(row.trade_type);
  const attached = attachOf(row.attach);
  return attached === undefined || NUMBER.test(attached.out_order_no);
}

/** Nobody orders for us, and pay score has no other money: numbers of such rows are others' numbers. */
function isOfOthers({ odd }: BillRow): boolean {
  return odd === '商户号' || odd === '特约商户号' || odd === '货币种类';
}

function unmatchedOf(row: BillRow, payment: OwnPayment | undefined): UnmatchedRow {
  const named = numberIn(row);
  const out_order_no = payment?.out_order_no ?? named;
  return {
    row,
    ...(out_order_no !== undefined && { out_order_no }),
    isPayScore: payment !== undefined || isAttachOf(row, named),
    isRepeated: false,
    ...(!payment && !saysSo(row) && { isOfOthers: true }),
  };
}

/** 商户订单号 where the user paid from the order page; of an automatic charge it is WeChat's, and what is attached names ours. */
function numberIn(row: BillRow): string | undefined {
  if (isOfOthers(row)) return undefined;
  const { trade_type, out_trade_no, attach } = row;
  const number = trade_type === 'JSAPI' ? out_trade_no : attachOf(attach)?.out_order_no;
  return number !== undefined && NUMBER.test(number) ? number : undefined;
}

function isAttachOf({ attach }: BillRow, number: string | undefined): boolean {
  return number !== undefined && attachOf(attach)?.out_order_no === number;
}
