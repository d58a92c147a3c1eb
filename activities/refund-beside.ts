/** A refund that moved the merchant's account and is in no trade bill (充值退款), as WeChat Pay tells of it: whose payment it pays back. */
import { isRefused } from './polling.ts';
import { refundAt } from './refund.ts';
import type { BillRefund } from '../reconciliation/bill/row.ts';
import type { FlowRow } from '../reconciliation/fund-flow/reader.ts';
import { OutRefundNo } from '../schemas/refund.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';

/** @returns undefined where WeChat Pay does not know it, or does not tell us of it */
export async function refundBeside(
  wechatpay: Pick<WechatpayClient, 'getRefund'>,
  { line, time, business_no, change, voucher }: FlowRow,
): Promise<BillRefund | undefined> {
  if (!OutRefundNo.safeParse(voucher).success) return undefined;
  const said = await refundAt(wechatpay, voucher).catch((error: unknown) => {
    if (!isRefused(error)) throw error;
    return null;
  });
  if (!said || said.refund_id !== business_no) return undefined;
  return {
    ...{ kind: 'refund', line, time, out_trade_no: '', trade_type: '', attach: '' },
    ...{ transaction_id: said.transaction_id, refund_id: business_no, out_refund_no: voucher },
    ...{ amount: said.amount.refund, settlement_amount: 0 - change, coupon_amount: 0, fee: 0 },
    refund_status: said.status,
  };
}
