/** Which of a refund's fields each message shows. */
import type { Refund } from './refund.ts';

const SHOWN = [
  'refund_id',
  'out_refund_no',
  'transaction_id',
  'out_trade_no',
  'channel',
  'user_received_account',
  'success_time',
  'create_time',
  'status',
  'funds_account',
  'amount',
  'promotion_detail',
] as const;

/** What applying answers, and a query. */
export function refundView(refund: Refund): Record<string, unknown> {
  const shown = SHOWN.map((field) => [field, refund[field]] as const);
  return Object.fromEntries(shown.filter(([, value]) => value !== undefined));
}

/** What a notification says: its status is called otherwise, and of its amounts it has four. */
export function refundResource(refund: Refund, mchid: string): Record<string, unknown> {
  const { out_trade_no, transaction_id, out_refund_no, refund_id, status, success_time } = refund;
  const { total, refund: refunded, payer_total, payer_refund } = refund.amount;
  return {
    mchid,
    out_trade_no,
    transaction_id,
    out_refund_no,
    refund_id,
    refund_status: status,
    ...(success_time !== undefined && { success_time }),
    user_received_account: refund.user_received_account,
    amount: { total, refund: refunded, payer_total, payer_refund },
  };
}

/** For people and tests: as a query would show it, and what else there is to know. */
export function toldRefund(refund: Refund) {
  const { out_order_no, by, reason, notify_url, due, history } = refund;
  return { refund: refundView(refund), out_order_no, by, reason, notify_url, due, history };
}
