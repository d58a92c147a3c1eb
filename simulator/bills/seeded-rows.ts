/** What was seeded, as the bill tells it: refunds, payments of other businesses, and payments told otherwise. */
import { beijing14 } from '../beijing-time.ts';
import { billTime, feeOf, settledOf, type BillRow } from './bill-row.ts';
import type { SeededAltered, SeededForeign, SeededRefund } from './seeded.ts';

type Refunded = Omit<SeededRefund, 'kind' | 'out_order_no'>;

/** The digits, 24 of them, are for numbers that nobody gave. */
export function seededRefundRow(charge: BillRow, refund: Refunded, digits: string): BillRow {
  const { amount, type, status, trade_type = charge.trade_type, cells } = refund;
  const time = timeOf(refund.time);
  const settlement_amount = settledOf(amount, refund);
  return {
    ...charge,
    time,
    trade_type,
    trade_state: 'REFUND',
    settlement_amount: 0,
    coupon_amount: 0,
    order_amount: 0,
    fee: -feeOf(settlement_amount),
    refund: {
      refund_id: refund.refund_id ?? `50000${digits}`,
      out_refund_no: refund.out_refund_no ?? `RF${digits}`,
      applied: time,
      succeeded: status === 'SUCCESS' ? time : '',
      amount,
      settlement_amount,
      coupon_amount: refund.coupon_type === 'CASH' ? (refund.coupon_amount ?? 0) : 0,
      type,
      status,
    },
    ...(cells && { cells }),
  };
}

export function foreignRow(
  it: SeededForeign,
  digits: string,
  { mchid, appid }: { readonly mchid: string; readonly appid: string },
): BillRow {
  const settlement_amount = settledOf(it.amount, it);
  const payment: BillRow = {
    time: timeOf(it.time),
    appid: it.appid ?? appid,
    mchid: it.mchid ?? mchid,
    sub_mchid: it.sub_mchid ?? '0',
    device: it.device,
    transaction_id: it.transaction_id ?? `4200${digits}`,
    out_trade_no: it.out_trade_no ?? `F${digits}`,
    openid: it.openid,
    trade_type: it.trade_type,
    trade_state: it.trade_state,
    bank_type: it.bank_type,
    currency: it.currency ?? 'CNY',
    settlement_amount,
    coupon_amount: it.coupon_amount ?? 0,
    order_amount: it.amount,
    body: it.body,
    attach: it.attach,
    fee: feeOf(settlement_amount),
    ...(it.cells && { cells: it.cells }),
  };
  if (it.trade_state === 'SUCCESS') return payment;
  return { ...seededRefundRow(payment, it, digits), trade_state: it.trade_state };
}

export function alteredRow(row: BillRow, it: SeededAltered): BillRow {
  const { amount = row.order_amount, coupon_amount = row.coupon_amount, coupon_type } = it;
  const settlement_amount = settledOf(amount, { coupon_amount, coupon_type });
  return {
    ...row,
    trade_type: it.trade_type ?? row.trade_type,
    settlement_amount,
    coupon_amount,
    order_amount: amount,
    fee: feeOf(settlement_amount),
    cells: { ...row.cells, ...it.cells },
  };
}

/** The same payment under another moment. */
export function repeatedRow(row: BillRow, rfc3339: string): BillRow {
  return { ...row, time: timeOf(rfc3339) };
}

function timeOf(rfc3339: string): string {
  return billTime(beijing14(Date.parse(rfc3339)));
}
