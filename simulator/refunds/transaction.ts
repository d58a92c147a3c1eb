/** One payment that WeChat Pay collected: what can be refunded, by the number under which orders and bills show it. */
import { readBeijing } from '../beijing-time.ts';
import { chargeRows } from '../bills/charge-row.ts';
import type { Order, Promotion } from '../orders/order.ts';

/** Money is in fen. */
export interface Transaction {
  readonly transaction_id: string;
  /** For an automatic charge WeChat Pay's own number. */
  readonly out_trade_no: string;
  readonly order: Order;
  readonly paid_ms: number;
  /** Before coupons. */
  readonly total: number;
  readonly payer_total: number;
  readonly settlement_total: number;
  readonly fee: number;
  readonly coupons: readonly Promotion[];
}

export interface Transactions {
  /** Undefined for a number under which nothing was collected. */
  orderOf(transaction_id: string): Order | undefined;
}

/** In the order in which they were collected; an order that is paid in parts has several. */
export function transactionsOf(order: Order): Transaction[] {
  const details = order.collection?.details ?? [];
  return chargeRows(order, 'packet').flatMap((row) => {
    const { transaction_id, out_trade_no, order_amount, settlement_amount, fee } = row;
    const detail = details.find((it) => it.transaction_id === transaction_id);
    if (detail === undefined) return [];
    return {
      transaction_id,
      out_trade_no,
      order,
      paid_ms: readBeijing(detail.paid_time)?.ms ?? 0,
      total: order_amount,
      payer_total: detail.amount,
      settlement_total: settlement_amount,
      fee,
      coupons: detail.promotion_detail ?? [],
    };
  });
}

export function findTransaction(
  transaction_id: string,
  transactions: Transactions,
): Transaction | undefined {
  const order = transactions.orderOf(transaction_id);
  if (order === undefined) return undefined;
  return transactionsOf(order).find((it) => it.transaction_id === transaction_id);
}
