/** The rows of a day's bill against our payments of that day: what agrees is counted, what does not is set aside. */
import type { BillRow } from '../bill/row.ts';
import { add, nothing } from './count.ts';
import type { OurPayment } from './order-source.ts';
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
  /** The payment stood in the bill before, and agreed. */
  readonly isRepeated: boolean;
}

export interface ComparisonParts {
  /** By `transaction_id`. */
  readonly payments: ReadonlyMap<string, OurPayment>;
  /** Payments that an order learned of later than this, in ms since the epoch, are set aside: somebody must be told. */
  readonly begunAt: number;
}

export function createComparison({ payments, begunAt }: ComparisonParts) {
  const billed = new Set<string>();
  const agreed = nothing();
  const elsewhere = nothing();

  /** @returns what must be looked into; undefined for a row that agrees, or has nothing to do with orders of ours */
  function take(row: BillRow): UnmatchedRow | undefined {
    // First what we know of the transaction, then what the row says of itself: its 交易类型 may be another.
    const payment = payments.get(row.transaction_id);
    if (!payment && !mayBeOurs(row)) {
      if (row.kind === 'payment') add(elsewhere, row.amount);
      return undefined;
    }
    if (!payment || row.kind !== 'payment') return unmatchedOf(row, payment);
    const { transaction_id } = payment;
    const isRepeated = billed.has(transaction_id);
    billed.add(transaction_id);
    const isInOrder = row.odd === undefined && isOfAmount(payment, row);
    if (isRepeated || !isInOrder || payment.knownAt > begunAt) {
      return { ...unmatchedOf(row, payment), isRepeated };
    }
    add(agreed, row.amount);
    return undefined;
  }

  return {
    take,
    /** What agrees; whoever looks into unmatched rows goes on counting. */
    agreed,
    /** Payments of the merchant's other business. */
    elsewhere,
    /** Whether a row was taken of a payment of ours. */
    isBilled: (transaction_id: string) => billed.has(transaction_id),
  };
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
  if (row.kind !== 'payment' && row.transaction_id !== '') return true;
  if (isOfOthers(row)) return false;
  if (!row.attach.startsWith('wxzff|')) return !ELSEWHERE.has(row.trade_type);
  const attached = attachOf(row.attach);
  return attached === undefined || NUMBER.test(attached.out_order_no);
}

/** Nobody orders for us, and pay score has no other money: numbers of such rows are others' numbers. */
function isOfOthers({ odd }: BillRow): boolean {
  return odd === '商户号' || odd === '特约商户号' || odd === '货币种类';
}

function unmatchedOf(row: BillRow, payment: OurPayment | undefined): UnmatchedRow {
  const named = numberIn(row);
  const out_order_no = payment?.out_order_no ?? named;
  return {
    row,
    ...(out_order_no !== undefined && { out_order_no }),
    isPayScore: payment !== undefined || isAttachOf(row, named),
    isRepeated: false,
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
