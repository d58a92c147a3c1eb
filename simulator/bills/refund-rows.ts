/** What refunds say in the trade bill: one row, in the bill of the day on which it was accepted (docs/wechatpay-facts.md#refunds). */
import { beijing14 } from '../beijing-time.ts';
import type { Policies } from '../policies.ts';
import { statusAt, type Refund, type RefundChannel, type RefundStatus } from '../refunds/refund.ts';
import { billTime, type BillRefund, type BillRow } from './bill-row.ts';

const STATUSES: Record<RefundStatus, string> = {
  PROCESSING: 'PROCESSING',
  SUCCESS: 'SUCCESS',
  ABNORMAL: 'CHANGE',
  CLOSED: 'FAIL',
};

const TYPES: Record<RefundChannel, string> = {
  ORIGINAL: 'ORIGINAL',
  OTHER_BANKCARD: 'ORIGINAL',
  BALANCE: 'BALANCE',
  OTHER_BALANCE: 'BALANCE',
};

/** A refund out of the available balance (充值退款) is no business of the trade bill, unless the policy says so. */
export function* inTradeBill(
  refunds: Iterable<Refund>,
  { available_refunds_in_bill }: Policies,
): Iterable<Refund> {
  for (const refund of refunds) {
    if (!refund.fromAvailable || available_refunds_in_bill === 'present') yield refund;
  }
}

/** Its status is that of the moment when bills are made, and stays so however often the file is asked for. */
export function refundRow(payment: BillRow, refund: Refund, madeMs: number): BillRow {
  const { amount, created_ms } = refund;
  const time = billTime(beijing14(created_ms));
  return {
    ...payment,
    time,
    trade_state: 'REFUND',
    settlement_amount: 0,
    coupon_amount: 0,
    order_amount: 0,
    fee: 0 - amount.refund_fee,
    refund: { ...outcomeOf(refund, madeMs), applied: time },
  };
}

function outcomeOf(refund: Refund, madeMs: number): Omit<BillRefund, 'applied'> {
  const { refund_id, out_refund_no, amount, promotion_detail = [] } = refund;
  const status = statusAt(refund, madeMs) ?? 'PROCESSING';
  const done = refund.history.find((it) => it.status === 'SUCCESS' && it.ms <= madeMs);
  return {
    refund_id,
    out_refund_no,
    succeeded: done === undefined ? '' : billTime(beijing14(done.ms)),
    amount: amount.refund,
    settlement_amount: amount.settlement_refund,
    coupon_amount: promotion_detail
      .filter(({ type }) => type === 'CASH')
      .reduce((sum, coupon) => sum + coupon.refund_amount, 0),
    type: TYPES[refund.channel],
    status: STATUSES[status],
  };
}
