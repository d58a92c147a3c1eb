/**
 * A month as CSV for a spreadsheet: one table, whose first column says what a line is about. The headings are in the operator's
 * language, what lines are about stays codes. Amounts are yuan.
 */
import { decimalText } from '../bill/decimal.ts';
import type { WaivedOrder } from '../matching/order-source.ts';
import type { Takings } from '../matching/takings.ts';
import { MONTH_COLUMNS } from './csv-columns.ts';
import { csvHead, csvLine } from './csv-line.ts';
import type { Month } from './month.ts';
import type { Words } from '../../words/en.ts';

type Line = Partial<Record<(typeof MONTH_COLUMNS)[number], string | number>>;

/** Orders that WeChat is charging, by how long. */
export interface PayingByAge {
  readonly age: string;
  readonly count: number;
}

export async function* monthCsv(
  month: Month,
  paying: readonly PayingByAge[],
  waivers: AsyncIterable<WaivedOrder & { readonly bill_date: string }>,
  words: Words,
): AsyncIterable<string> {
  yield csvHead(MONTH_COLUMNS, words);
  const { services, elsewhere, total } = month.settlement;
  for (const [service_id, takings] of Object.entries(services)) {
    yield* linesOf(takings, { about: 'service', service_id });
  }
  yield* linesOf(elsewhere, { about: 'elsewhere' });
  yield* linesOf(total, { about: 'total' });
  for (const { bill_date, result, findings } of month.days) {
    yield lineOf({ about: 'day', bill_date, what: result });
    for (const [what, count] of Object.entries(findings)) {
      yield lineOf({ about: 'findings', bill_date, what, count });
    }
  }
  for (const bill_date of month.missing) yield lineOf({ about: 'day', bill_date, what: 'missing' });
  for (const { bill_date, out_order_no, transaction_id = '', owed, age_days } of month.refund_due
    .orders) {
    const order = { out_order_no, transaction_id, yuan: yuanOf(owed), age_days };
    yield lineOf({ about: 'refund_due', bill_date, ...order });
  }
  for (const { age, count } of paying) yield lineOf({ about: 'paying', what: age, count });
  for await (const waived of waivers) {
    const { bill_date, service_id = '', code, out_order_no, amount = 0, at = '', by = '' } = waived;
    const order = { service_id, what: code, out_order_no, yuan: yuanOf(amount), since: at, by };
    yield lineOf({ about: 'waiver', bill_date, ...order });
  }
}

function* linesOf(takings: Takings, about: Line): Iterable<string> {
  const { payments, refunds, income, coupons, settlement_amount } = takings;
  const { refunded, refund_settlement_amount, fees, expected_settlement } = takings;
  yield lineOf({ ...about, what: 'income', count: payments, yuan: yuanOf(income) });
  yield lineOf({ ...about, what: 'coupons', yuan: yuanOf(coupons) });
  yield lineOf({ ...about, what: 'settlement_amount', yuan: yuanOf(settlement_amount) });
  yield lineOf({ ...about, what: 'refunded', count: refunds, yuan: yuanOf(refunded) });
  const back = yuanOf(refund_settlement_amount);
  yield lineOf({ ...about, what: 'refund_settlement_amount', yuan: back });
  yield lineOf({ ...about, what: 'fees', yuan: yuanOf(fees) });
  yield lineOf({ ...about, what: 'expected_settlement', yuan: yuanOf(expected_settlement) });
}

function lineOf(line: Line): string {
  return csvLine(
    MONTH_COLUMNS.map((column) => (column === 'yuan' ? numberOf(line.yuan) : line[column])),
  );
}

/** Written as text, and meant as a number: no apostrophe before it. */
function numberOf(yuan: string | number | undefined): unknown {
  return yuan === undefined ? undefined : { toString: () => String(yuan) };
}

function yuanOf(fen: number): string {
  return decimalText(fen, 2);
}
