/** What is wrong with a bill, for the person who has to find out why. */
import type { Words } from '../en.ts';
import { worded } from '../worded.ts';
import type { BillFaultCause } from '../../payscore/days/bill-fault.ts';

type Of<Code extends BillFaultCause['code']> = Extract<BillFaultCause, { code: Code }>;

/** The early one with WeChat's own advice for whoever still gets it (交易账单字段说明). */
const LAYOUTS = {
  early: '像是早期格式：请开通免充值代金券（商户平台 → 产品中心），次日起的账单为当前格式',
  new: '若为新格式，须等待本系统发布新版本',
} as const;

const WIDTHS: Readonly<Record<Of<'width'>['of'], (found: number, expected: number) => string>> = {
  row: (found, expected) => `有 ${found} 个值，而账单有 ${expected} 列`,
  movement: (found, expected) => `有 ${found} 个值，而表头有 ${expected} 列`,
  totals: (found, expected) => `有 ${found} 个汇总值，而上一行有 ${expected} 列`,
};

const BECAUSE: { readonly [Code in BillFaultCause['code']]: (it: Of<Code>) => string } = {
  too_long: () => '超过账单行可能的长度',
  after_totals: () => '出现在汇总之后',
  empty: () => '账单为空',
  without_totals: () => '账单在汇总之前就结束了',
  width: ({ of, found, expected }) => WIDTHS[of](found, expected),
  not_on: ({ bill_date }) => `不是 ${bill_date}`,
  none_on: ({ bill_date }) => `没有任何一行是 ${bill_date} 的`,
  no_time: () => '不是时间',
  unknown_state: () => '不是此类账单应有的状态',
  other_merchant: () => '是其他商户',
  not_of_row: () => '不应出现在这样的行中',
  no_number: ({ decimals }) => `不是 ${decimals} 位小数的数字`,
  negative: () => '小于零',
  no_backtick: () => '前面没有反引号',
  no_direction: () => '既不是收入也不是支出',
  off: ({ stated, made }) => `为 ${stated}，而各行合计为 ${made}`,
  unknown_column: ({ layout }) => `为未知的列；${LAYOUTS[layout]}`,
  column_twice: ({ layout }) => `重复出现；${LAYOUTS[layout]}`,
  column_missing: ({ layout }) => `缺失；${LAYOUTS[layout]}`,
};

export const billFault: Words['reconciliation']['fault'] = (fact) => {
  const { bill_date, line, column, because } = fact;
  const places = [
    ...(line === undefined ? [] : [`第 ${line} 行`]),
    ...(column === undefined
      ? []
      : [typeof column === 'number' ? `第 ${column} 列` : `“${column}”列`]),
  ];
  const said = worded(BECAUSE, because);
  const placed = places.length === 0 ? said : `${places.join('，')}：${said}`;
  return bill_date === undefined ? placed : `${bill_date} 的账单，${placed}`;
};
