/** The layouts in which WeChat Pay writes bills: the current one, and the early one of merchants without 免充值代金券. */

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

/** By its text in the current layout. */
export type Column = (typeof ALWAYS | typeof OF_REFUNDS | typeof OF_REFUNDS_ALONE)[number];

const COLUMNS: Record<BillType, readonly Column[]> = {
  ALL: [...ALWAYS, ...OF_REFUNDS],
  SUCCESS: ALWAYS,
  REFUND: [...ALWAYS, ...OF_REFUNDS, ...OF_REFUNDS_ALONE],
};

const ALWAYS_SUMMED = ['总交易单数', '应结订单总金额', '手续费总金额', '订单总金额'] as const;
const SUMMED_OF_REFUNDS = ['退款总金额', '充值券退款总金额', '申请退款总金额'] as const;

export type SummaryColumn = (typeof ALWAYS_SUMMED | typeof SUMMED_OF_REFUNDS)[number];

const ALL_SUMMED = [...ALWAYS_SUMMED, ...SUMMED_OF_REFUNDS];

export interface Known<Name extends string> {
  /** What stands under which text; more than one text may mean the same. */
  readonly called: readonly (readonly [text: string, means: Name])[];
  /** What the cell of another one says as well. */
  readonly alike: readonly (readonly [Name, as: Name])[];
}

export const CURRENT = {
  columns: (type: BillType): Known<Column> => asTheyAre(COLUMNS[type]),
  totals: (type: BillType): Known<SummaryColumn> =>
    asTheyAre(type === 'SUCCESS' ? ALWAYS_SUMMED : ALL_SUMMED),
};

function asTheyAre<Name extends string>(columns: readonly Name[]): Known<Name> {
  return { called: columns.map((column) => [column, column]), alike: [] };
}

/** Other texts for the same money: all of what is ordered is settled, so that one amount says both. */
const EARLY_TEXTS: Partial<Record<Column, readonly string[]>> = {
  特约商户号: ['子商户号'],
  应结订单金额: ['总金额'],
  代金券金额: ['代金券或立减优惠金额', '企业红包金额'],
  充值券退款金额: ['代金券或立减优惠退款金额', '企业红包退款金额'],
  // Columns that came later.
  ...{ 订单金额: [], 申请退款金额: [], 费率备注: [] },
};

/** Of 24, 18 and 26 columns, each with the same five totals. */
export const EARLY = {
  columns: (type: BillType): Known<Column> => ({
    called: COLUMNS[type].flatMap((column) =>
      (EARLY_TEXTS[column] ?? [column]).map((text) => [text, column] as const),
    ),
    alike: [
      ['订单金额', '应结订单金额'],
      ['申请退款金额', '退款金额'],
    ],
  }),
  totals: {
    called: [
      ['总交易单数', '总交易单数'],
      ['总交易额', '订单总金额'],
      ['总退款金额', '申请退款总金额'],
      ['总代金券或立减优惠退款金额', '充值券退款总金额'],
      ['总企业红包退款金额', '充值券退款总金额'],
      ['手续费总金额', '手续费总金额'],
    ],
    alike: [],
  } satisfies Known<SummaryColumn>,
};
