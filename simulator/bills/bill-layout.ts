/** Which columns and totals a bill has, in today's layout: its names are those of the cells. */
import { HEADERS, TOTALS, type BillLayout, type Header, type Total } from './bill-cells.ts';
import type { BillRow } from './bill-row.ts';
import type { BillSettings } from './bill-settings.ts';
import { earlyLayout } from './early-layout.ts';

export type BillType = 'ALL' | 'SUCCESS' | 'REFUND';

/** Which rows are in a bill of this type. */
export const HOLDS: Record<BillType, (row: BillRow) => boolean> = {
  ALL: () => true,
  SUCCESS: (row) => row.refund === undefined,
  REFUND: (row) => row.refund !== undefined,
};

export function layoutOf(
  type: BillType,
  { layout, success_summary }: Pick<BillSettings, 'layout' | 'success_summary'>,
): BillLayout {
  if (layout !== 'current') return earlyLayout(COLUMNS[type], layout);
  const isShort = type === 'SUCCESS' && success_summary === 'four';
  return {
    columns: COLUMNS[type].map((header) => [header, header]),
    totals: (isShort ? SHORT_SUMMARY : SUMMARY).map((total) => [total, total]),
  };
}

const ONLY_REFUND: Header[] = ['退款申请时间', '退款成功时间'];
const ONLY_REFUNDS: Header[] = [
  ...ONLY_REFUND,
  '微信退款单号',
  '商户退款单号',
  '退款金额',
  '充值券退款金额',
  '退款类型',
  '退款状态',
  '申请退款金额',
];

const COLUMNS: Record<BillType, Header[]> = {
  ALL: HEADERS.filter((header) => !ONLY_REFUND.includes(header)),
  SUCCESS: HEADERS.filter((header) => !ONLY_REFUNDS.includes(header)),
  REFUND: HEADERS,
};

const SUMMARY = Object.keys(TOTALS) as Total[];
const SHORT_SUMMARY: Total[] = ['应结订单总金额', '手续费总金额', '订单总金额'];
