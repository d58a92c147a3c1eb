/** One line of a bill before it is written: a payment or a refund. Money is in fen. */

export interface BillRefund {
  readonly refund_id: string;
  readonly out_refund_no: string;
  /** `yyyy-MM-dd HH:mm:ss`; only bills of type REFUND show them. */
  readonly applied: string;
  /** Blank while the refund is not there yet. */
  readonly succeeded: string;
  readonly amount: number;
  readonly type: string;
  readonly status: string;
}

export interface BillRow {
  /** `yyyy-MM-dd HH:mm:ss`: of the payment, or when the refund was begun. */
  readonly time: string;
  readonly appid: string;
  readonly mchid: string;
  readonly device: string;
  readonly transaction_id: string;
  /** 商户订单号: for an automatic charge WeChat Pay's own number. */
  readonly out_trade_no: string;
  readonly openid: string;
  readonly trade_type: string;
  readonly trade_state: 'SUCCESS' | 'REFUND' | 'REVOKED';
  readonly bank_type: string;
  /** Without coupons that the merchant did not fund beforehand. */
  readonly settlement_amount: number;
  readonly coupon_amount: number;
  readonly order_amount: number;
  /** Only on refund rows, whose three amounts above are 0. */
  readonly refund?: BillRefund;
  /** 商品名称 and 商户数据包, as the merchant gave them. */
  readonly body: string;
  readonly attach: string;
  /** Negative on refund rows. */
  readonly fee: number;
  /** Cells that say something else than they should, by header, as they stand in the file. */
  readonly cells?: Readonly<Record<string, string>>;
}

/** 0.60 % of the settled amount, rounded half up to a fen. */
export function feeOf(amount: number): number {
  return Math.floor((amount * 60 + 5000) / 10_000);
}

/** `20261001235900` → `2026-10-01 23:59:00` */
export function billTime(beijing14: string): string {
  const [date, time] = [beijing14.slice(0, 8), beijing14.slice(8)];
  return `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)} ${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}`;
}
