/** One line of a bill before it is written: a payment or a refund. Money is in fen. */

export interface BillRefund {
  readonly refund_id: string;
  readonly out_refund_no: string;
  /** `yyyy-MM-dd HH:mm:ss`; only bills of type REFUND show them. */
  readonly applied: string;
  /** Blank while the refund is not there yet. */
  readonly succeeded: string;
  /** 申请退款金额: what was asked for. */
  readonly amount: number;
  /** 退款金额: without coupons that were not funded beforehand. */
  readonly settlement_amount: number;
  /** 充值券退款金额: the part of coupons that were. */
  readonly coupon_amount: number;
  readonly type: string;
  readonly status: string;
}

export interface BillRow {
  /** `yyyy-MM-dd HH:mm:ss`: of the payment, or when the refund was begun. */
  readonly time: string;
  readonly appid: string;
  /** Who ordered: the merchant, or a service provider for it. */
  readonly mchid: string;
  /** The merchant where a provider ordered for it; else `0`. */
  readonly sub_mchid: string;
  readonly device: string;
  readonly transaction_id: string;
  /** 商户订单号: for an automatic charge WeChat Pay's own number. */
  readonly out_trade_no: string;
  readonly openid: string;
  readonly trade_type: string;
  readonly trade_state: 'SUCCESS' | 'REFUND' | 'REVOKED';
  readonly bank_type: string;
  readonly currency: string;
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

export interface Coupon {
  readonly coupon_amount?: number | undefined;
  readonly coupon_type?: 'CASH' | 'NOCASH' | undefined;
}

/** What the merchant gets: coupons that were not funded beforehand are its own money. */
export function settledOf(amount: number, { coupon_amount = 0, coupon_type }: Coupon): number {
  return coupon_type === 'CASH' ? amount : amount - coupon_amount;
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
