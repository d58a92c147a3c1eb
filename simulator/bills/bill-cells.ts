/** What a bill says of a payment or a refund, by the header of today's layout. */
import type { BillRow } from './bill-row.ts';
import { escapedOnPayment, escapedOnRefund, feeYuan, yuan } from './bill-text.ts';

type Cell = (row: BillRow) => string;

const own =
  (text: (row: BillRow) => string): Cell =>
  (row) =>
    row.refund === undefined ? escapedOnPayment(text(row)) : escapedOnRefund(text(row));

const CELLS = {
  交易时间: (row) => row.time,
  公众账号ID: (row) => row.appid,
  商户号: (row) => row.mchid,
  特约商户号: (row) => row.sub_mchid,
  设备号: own((row) => row.device),
  微信订单号: (row) => row.transaction_id,
  商户订单号: own((row) => row.out_trade_no),
  用户标识: (row) => row.openid,
  交易类型: (row) => row.trade_type,
  交易状态: (row) => row.trade_state,
  付款银行: (row) => row.bank_type,
  货币种类: (row) => row.currency,
  应结订单金额: (row) => yuan(row.settlement_amount),
  代金券金额: (row) => yuan(row.coupon_amount),
  退款申请时间: ({ refund }) => refund?.applied ?? '',
  退款成功时间: ({ refund }) => refund?.succeeded ?? '',
  微信退款单号: ({ refund }) => refund?.refund_id ?? '0',
  商户退款单号: own(({ refund }) => refund?.out_refund_no ?? '0'),
  退款金额: ({ refund }) => yuan(refund?.settlement_amount ?? 0),
  充值券退款金额: ({ refund }) => yuan(refund?.coupon_amount ?? 0),
  退款类型: ({ refund }) => refund?.type ?? '',
  退款状态: ({ refund }) => refund?.status ?? '',
  商品名称: own((row) => row.body),
  商户数据包: own((row) => row.attach),
  手续费: (row) => feeYuan(row.fee),
  费率: () => '0.60%',
  订单金额: (row) => yuan(row.order_amount),
  申请退款金额: ({ refund }) => yuan(refund?.amount ?? 0),
  费率备注: () => '',
} satisfies Record<string, Cell>;

export type Header = keyof typeof CELLS;
export const HEADERS = Object.keys(CELLS) as Header[];

/** Unless the row says something else than it should. */
export function cellOf(row: BillRow, header: Header): string {
  return row.cells?.[header] ?? CELLS[header](row);
}

/** What each total of the summary adds up. */
export const TOTALS = {
  应结订单总金额: (row) => row.settlement_amount,
  退款总金额: ({ refund }) => refund?.settlement_amount ?? 0,
  充值券退款总金额: ({ refund }) => refund?.coupon_amount ?? 0,
  手续费总金额: (row) => row.fee,
  订单总金额: (row) => row.order_amount,
  申请退款总金额: ({ refund }) => refund?.amount ?? 0,
} satisfies Record<string, (row: BillRow) => number>;

export type Total = keyof typeof TOTALS;

/** Each with the name that it has in the file. */
export interface BillLayout {
  readonly columns: readonly (readonly [name: string, header: Header])[];
  /** After 总交易单数, which every summary begins with. */
  readonly totals: readonly (readonly [name: string, total: Total])[];
}
