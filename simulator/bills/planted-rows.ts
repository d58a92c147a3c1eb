/** Planted refunds and payments of other businesses, as the bill tells them. */
import { beijing14 } from '../beijing-time.ts';
import { billTime, feeOf, type BillRow } from './bill-row.ts';
import type { PlantedForeign, PlantedRefund } from './planted.ts';

type Refunded = Omit<PlantedRefund, 'kind' | 'out_order_no'>;

/** The digits, 24 of them, are for numbers that nobody gave. */
export function refundRow(charge: BillRow, refund: Refunded, digits: string): BillRow {
  const { amount, type, status } = refund;
  const time = timeOf(refund.time);
  return {
    ...charge,
    time,
    trade_state: 'REFUND',
    settlement_amount: 0,
    coupon_amount: 0,
    order_amount: 0,
    fee: -feeOf(amount),
    refund: {
      refund_id: refund.refund_id ?? `50000${digits}`,
      out_refund_no: refund.out_refund_no ?? `RF${digits}`,
      applied: time,
      succeeded: status === 'SUCCESS' ? time : '',
      amount,
      type,
      status,
    },
  };
}

export function foreignRow(
  it: PlantedForeign,
  digits: string,
  { mchid, appid }: { readonly mchid: string; readonly appid: string },
): BillRow {
  const payment: BillRow = {
    time: timeOf(it.time),
    appid: it.appid ?? appid,
    mchid,
    device: it.device,
    transaction_id: it.transaction_id ?? `4200${digits}`,
    out_trade_no: it.out_trade_no ?? `F${digits}`,
    openid: it.openid,
    trade_type: it.trade_type,
    trade_state: it.trade_state,
    bank_type: it.bank_type,
    settlement_amount: it.amount - it.coupon_amount,
    coupon_amount: it.coupon_amount,
    order_amount: it.amount,
    body: it.body,
    attach: it.attach,
    fee: feeOf(it.amount - it.coupon_amount),
  };
  if (it.trade_state === 'SUCCESS') return payment;
  return { ...refundRow(payment, it, digits), trade_state: it.trade_state };
}

function timeOf(rfc3339: string): string {
  return billTime(beijing14(Date.parse(rfc3339)));
}
