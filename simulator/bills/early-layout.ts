/** The early layout, of 24 columns in ALL: a few merchants still get it, those without 免充值代金券. */
import type { Header, BillLayout } from './bill-cells.ts';

/** How the early layout calls coupons. */
export type Coupons = keyof typeof COUPONS;

const COUPONS = {
  'early-coupon': '代金券或立减优惠',
  'early-red-packet': '企业红包',
} as const;

type Column = BillLayout['columns'][number];

/** Columns that came later: an amount was what was ordered, since all of it was settled. */
const LATER: Header[] = ['订单金额', '申请退款金额', '费率备注'];

/** All types of bill have the same five totals. */
export function earlyLayout(columns: readonly Header[], coupons: Coupons): BillLayout {
  const coupon = COUPONS[coupons];
  const other: Partial<Record<Header, Column>> = {
    特约商户号: ['子商户号', '特约商户号'],
    应结订单金额: ['总金额', '订单金额'],
    代金券金额: [`${coupon}金额`, '代金券金额'],
    退款金额: ['退款金额', '申请退款金额'],
    充值券退款金额: [`${coupon}退款金额`, '充值券退款金额'],
  };
  const totals: BillLayout['totals'] = [
    ['总交易额', '订单总金额'],
    ['总退款金额', '申请退款总金额'],
    [`总${coupon}退款金额`, '充值券退款总金额'],
    ['手续费总金额', '手续费总金额'],
  ];
  return {
    columns: columns
      .filter((header) => !LATER.includes(header))
      .map((header) => other[header] ?? [header, header]),
    totals,
  };
}
