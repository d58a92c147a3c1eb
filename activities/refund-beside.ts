/** A refund that moved the merchant's account and is in no trade bill (充值退款), as WeChat Pay tells of it: whose payment it pays back. */
import { isOfType, isRefused } from './polling.ts';
import { read } from './reading.ts';
import type { BillRefund } from '../reconciliation/bill/row.ts';
import type { FlowRow } from '../reconciliation/fund-flow/reader.ts';
import { OutRefundNo, Refund } from '../schemas/refund.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';

/** @returns undefined where WeChat Pay does not know it, or does not tell us of it */
export async function refundBeside(
  wechatpay: Pick<WechatpayClient, 'getRefund'>,
  { line, time, business_no, change, voucher }: FlowRow,
): Promise<BillRefund | undefined> {
  if (!OutRefundNo.safeParse(voucher).success) return undefined;
  const said = await askedFor(wechatpay, voucher);
  if (!said || said.refund_id !== business_no) return undefined;
  return {
    ...{ kind: 'refund', line, time, out_trade_no: '', trade_type: '', attach: '' },
    ...{ transaction_id: said.transaction_id, refund_id: business_no, out_refund_no: voucher },
    ...{ amount: said.amount.refund, settlement_amount: 0 - change, coupon_amount: 0, fee: 0 },
    refund_status: said.status,
  };
}

async function askedFor(
  wechatpay: Pick<WechatpayClient, 'getRefund'>,
  out_refund_no: string,
): Promise<Refund | undefined> {
  try {
    return await read(Refund, wechatpay.getRefund(out_refund_no));
  } catch (error) {
    if (isOfType(error, 'NotFound') || isRefused(error)) return undefined;
    throw error;
  }
}
