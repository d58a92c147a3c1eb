/** Where in the lines of a bill each value stands, found by the text above it. */
import { BillFault } from './bill-fault.ts';

export type BillType = 'ALL' | 'SUCCESS' | 'REFUND';

/** Every bill has these, in whatever order. */
const ALWAYS = [
  ...['交易时间', '公众账号ID', '商户号', '特约商户号', '设备号', '微信订单号', '商户订单号'],
  ...['用户标识', '交易类型', '交易状态', '付款银行', '货币种类', '应结订单金额', '代金券金额'],
  ...['商品名称', '商户数据包', '手续费', '费率', '订单金额', '费率备注'],
] as const;

/** What bills that hold refunds have besides. */
const OF_REFUNDS = [
  ...['微信退款单号', '商户退款单号', '退款金额', '充值券退款金额', '退款类型', '退款状态'],
  '申请退款金额',
] as const;

const OF_REFUNDS_ALONE = ['退款申请时间', '退款成功时间'] as const;

export type Column = (typeof ALWAYS | typeof OF_REFUNDS | typeof OF_REFUNDS_ALONE)[number];

const COLUMNS: Record<BillType, readonly Column[]> = {
  ALL: [...ALWAYS, ...OF_REFUNDS],
  SUCCESS: ALWAYS,
  REFUND: [...ALWAYS, ...OF_REFUNDS, ...OF_REFUNDS_ALONE],
};

const ALWAYS_SUMMED = ['总交易单数', '应结订单总金额', '手续费总金额', '订单总金额'] as const;
const SUMMED_OF_REFUNDS = ['退款总金额', '充值券退款总金额', '申请退款总金额'] as const;

export type SummaryColumn = (typeof ALWAYS_SUMMED | typeof SUMMED_OF_REFUNDS)[number];

const SUMMARIES: Record<BillType, readonly SummaryColumn[]> = {
  ALL: [...ALWAYS_SUMMED, ...SUMMED_OF_REFUNDS],
  SUCCESS: ALWAYS_SUMMED,
  REFUND: [...ALWAYS_SUMMED, ...SUMMED_OF_REFUNDS],
};

export interface Layout<Name extends string> {
  readonly columns: readonly Name[];
  /** Which cell of a line it is; undefined where bills of this type have no such column. */
  at(column: Name): number | undefined;
}

/** @throws {BillFault} the columns are not those of such a bill, which have changed before and may again */
export function billLayoutOf(header: readonly string[], type: BillType): Layout<Column> {
  return layoutOf(header, COLUMNS[type], 1);
}

/** @throws {BillFault} the totals are not those of such a bill */
export function summaryLayoutOf(
  header: readonly string[],
  type: BillType,
  line: number,
): Layout<SummaryColumn> {
  return layoutOf(header, SUMMARIES[type], line);
}

function layoutOf<Name extends string>(
  header: readonly string[],
  known: readonly Name[],
  line: number,
): Layout<Name> {
  const places = new Map<string, number>();
  for (const [index, text] of header.entries()) {
    const column = nameOf(text, index);
    if (!known.some((it) => it === text))
      throw fault('is a column that we do not know', { line, column });
    if (places.has(text)) throw fault('is there twice', { line, column });
    places.set(text, index);
  }
  for (const column of known) {
    if (!places.has(column)) throw fault('is missing', { line, column });
  }
  return { columns: known, at: (column) => places.get(column) };
}

/** Where a row stands in the header's place, its cells are not told: an openid may be among them. */
function nameOf(text: string, index: number): string {
  return /^[^`]{0,20}$/.test(text) && /\p{Script=Han}/u.test(text) ? text : `column ${index + 1}`;
}

function fault(message: string, place: { line: number; column: string }): BillFault {
  return new BillFault('layout', message, place);
}
