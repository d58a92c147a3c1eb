/**
 * Every movement of the merchant's basic account that comes of trades: payments, refunds, their fees, and what comes back of a
 * refund that was closed. Names and types are those of the page, remarks those of public samples (docs/wechatpay-facts.md#fund-flow-bill).
 */
import { beijing14 } from '../beijing-time.ts';
import type { Refund } from '../refunds/refund.ts';
import { billTime, type BillRow } from './bill-row.ts';
import type { BillSettings } from './bill-settings.ts';
import { yuan } from './bill-text.ts';

export interface FundFlowEntry {
  /** `yyyy-MM-dd HH:mm:ss`: when the account changes, which for a refund is its acceptance. */
  readonly time: string;
  /** 微信支付业务单号: of the payment, or of the refund. */
  readonly business_no: string;
  readonly name: '交易' | '退款';
  readonly type: '交易' | '扣除交易手续费' | '退款' | '退款关闭' | '退还交易手续费';
  /** Fen; negative for 支出. */
  readonly change: number;
  readonly applicant: string;
  readonly remark: string;
  /** 业务凭证号: the merchant's number. */
  readonly voucher: string;
}

export type Fees = BillSettings['fund_flow_fees'];

export function entriesOfPayment(row: BillRow, fees: Fees): FundFlowEntry[] {
  const { settlement_amount, fee, time, transaction_id, out_trade_no } = row;
  const remark = `结算总金额 ${yuan(settlement_amount)} 元;含手续费 ${yuan(fee)} 元`;
  const of = { time, business_no: transaction_id, voucher: out_trade_no, applicant: 'system' };
  const entry = { ...of, remark, name: '交易', type: '交易', change: settlement_amount } as const;
  return withFee(entry, { ...entry, type: '扣除交易手续费', change: -fee }, fees);
}

export function entriesOfRefund(refund: Refund, mchid: string, fees: Fees): FundFlowEntry[] {
  const { refund_id, out_refund_no, by, history, amount } = refund;
  const { settlement_refund, refund_fee } = amount;
  const applicant = by === 'api' ? `${mchid}API` : `admin@${mchid}`;
  const of = { business_no: refund_id, voucher: out_refund_no, applicant };
  const entries = history.map(({ status, ms }) => {
    const time = billTime(beijing14(ms));
    if (status === 'PROCESSING') {
      return refundEntries({ ...of, time }, settlement_refund, refund_fee, fees);
    }
    return status === 'CLOSED'
      ? closingEntries({ ...of, time }, settlement_refund, refund_fee, fees)
      : [];
  });
  return entries.flat();
}

/** A refund that only bills know of. */
export function entriesOfRefundRow(row: BillRow, fees: Fees): FundFlowEntry[] {
  if (row.refund === undefined) return [];
  const { refund_id: business_no, out_refund_no: voucher, settlement_amount } = row.refund;
  const of = { time: row.time, business_no, voucher, applicant: 'system' };
  return refundEntries(of, settlement_amount, -row.fee, fees);
}

type Of = Pick<FundFlowEntry, 'time' | 'business_no' | 'voucher' | 'applicant'>;

function refundEntries(of: Of, amount: number, fee: number, fees: Fees): FundFlowEntry[] {
  const entry = {
    ...of,
    remark: `退款总金额${yuan(amount)}元;含手续费${yuan(fee)}元`,
    name: '退款',
    type: '退款',
    change: -amount,
  } as const;
  return withFee(entry, { ...entry, type: '退还交易手续费', change: fee }, fees);
}

function closingEntries(of: Of, amount: number, fee: number, fees: Fees): FundFlowEntry[] {
  const entry = { ...of, remark: '', name: '退款', type: '退款关闭', change: amount } as const;
  return withFee(entry, { ...entry, type: '扣除交易手续费', change: -fee }, fees);
}

/** What changes nothing is not told. */
function withFee(entry: FundFlowEntry, fee: FundFlowEntry, fees: Fees): FundFlowEntry[] {
  const all =
    fees === 'own_rows' ? [entry, fee] : [{ ...entry, change: entry.change + fee.change }];
  return all.filter(({ change }) => change !== 0);
}
