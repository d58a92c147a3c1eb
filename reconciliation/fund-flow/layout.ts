/** The columns of a fund-flow bill (资金账单), and of its totals (docs/wechatpay-facts.md#fund-flow-bill). */
import type { Known } from '../bill/known-layouts.ts';
import { layoutOf, type Layout } from '../bill/layout.ts';

const COLUMNS = [
  ...['记账时间', '微信支付业务单号', '资金流水单号', '业务名称', '业务类型', '收支类型'],
  ...['收支金额', '账户结余', '资金变更提交申请人', '备注', '业务凭证号'],
] as const;
const TOTALS = ['资金流水总笔数', '收入笔数', '收入金额', '支出笔数', '支出金额'] as const;

export type FlowColumn = (typeof COLUMNS)[number];
export type FlowTotal = (typeof TOTALS)[number];

/** Today's page has 收支金额(元), that of before 收支金额（元）. */
const UNITS = ['(元)', '（元）', ''] as const;
const OF_MONEY: ReadonlySet<string> = new Set<FlowColumn | FlowTotal>([
  ...['收支金额', '账户结余', '收入金额', '支出金额'],
] as const);

/** @throws {BillFault} the columns are not those of such a bill */
export function flowLayoutOf(header: readonly string[]): Layout<FlowColumn> {
  return layoutOf(header, UNITS.map(knownAs(COLUMNS)), 1);
}

/** @throws {BillFault} the totals are not those of such a bill */
export function flowTotalsLayoutOf(header: readonly string[], line: number): Layout<FlowTotal> {
  return layoutOf(header, UNITS.toReversed().map(knownAs(TOTALS)), line);
}

function knownAs<Name extends string>(names: readonly Name[]) {
  return (unit: string): Known<Name> => ({
    called: names.map((name) => [OF_MONEY.has(name) ? name + unit : name, name]),
    alike: [],
  });
}
