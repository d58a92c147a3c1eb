/** What is wrong with a bill, for the person who has to find out why. */
import { worded } from '../worded.ts';
import type { BillFaultCause, BillFaultFact } from '../../payscore/days/bill-fault.ts';

type Of<Code extends BillFaultCause['code']> = Extract<BillFaultCause, { code: Code }>;

/** The early one with WeChat's own advice for whoever still gets it (交易账单字段说明). */
const LAYOUTS = {
  early:
    'it looks like an early layout: open 免充值代金券 in the merchant platform (商户平台 → 产品中心), and bills have the current one from the next day on',
  new: 'a layout that is new needs a new release of this service',
} as const;

const WIDTHS: Readonly<Record<Of<'width'>['of'], (found: number, expected: number) => string>> = {
  row: (found, expected) => `${found} values where the bill has ${expected} columns`,
  movement: (found, expected) => `${found} cells where the header has ${expected}`,
  totals: (found, expected) => `${found} totals where the line above has ${expected}`,
};

const BECAUSE: { readonly [Code in BillFaultCause['code']]: (it: Of<Code>) => string } = {
  too_long: () => 'is longer than any line of a bill',
  after_totals: () => 'comes after the totals',
  empty: () => 'the bill is empty',
  without_totals: () => 'the bill ends before its totals',
  width: ({ of, found, expected }) => WIDTHS[of](found, expected),
  not_on: ({ bill_date }) => `is not on ${bill_date}`,
  none_on: ({ bill_date }) => `no row is on ${bill_date}`,
  no_time: () => 'is no time',
  unknown_state: () => 'is no state that such a bill has',
  other_merchant: () => 'is another merchant',
  not_of_row: () => 'is not of such a row',
  no_number: ({ decimals }) => `is no number of ${decimals} decimals`,
  negative: () => 'is less than nothing',
  no_backtick: () => 'has no backtick before it',
  no_direction: () => 'is neither 收入 nor 支出',
  off: ({ stated, made }) => `is ${stated}, but the rows make ${made}`,
  unknown_column: ({ layout }) => `is a column that we do not know; ${LAYOUTS[layout]}`,
  column_twice: ({ layout }) => `is there twice; ${LAYOUTS[layout]}`,
  column_missing: ({ layout }) => `is missing; ${LAYOUTS[layout]}`,
};

export function billFault({ bill_date, line, column, because }: BillFaultFact): string {
  const places = [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(column === undefined ? [] : [typeof column === 'number' ? `column ${column}` : column]),
  ];
  const said = worded(BECAUSE, because);
  const placed = places.length === 0 ? said : `${places.join(', ')}: ${said}`;
  return bill_date === undefined ? placed : `the bill of ${bill_date}, ${placed}`;
}
