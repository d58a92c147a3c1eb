/** Findings as CSV for a spreadsheet: RFC 4180, with a byte order mark, and nothing that a spreadsheet would run. */
import type { Finding } from './finding.ts';

const COLUMNS = [
  'bill_date',
  'kind',
  'healed',
  'out_order_no',
  'transaction_id',
  'bill_amount',
  'order_amount',
  'time',
  'line',
  'column',
  'refund_id',
  'refund_status',
  'phase',
  'cause',
  'action',
] as const;

/** Excel takes a file without the mark for the machine's own encoding. */
export const CSV_HEAD = `\ufeff${COLUMNS.join(',')}\r\n`;

/** @param bill_date `yyyy-MM-dd` */
export function csvOf(bill_date: string, finding: Finding): string {
  const cells: Partial<Record<string, unknown>> = { bill_date, ...finding };
  return `${COLUMNS.map((column) => cellOf(cells[column])).join(',')}\r\n`;
}

function cellOf(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  // Twenty-eight digits would become a float, and a leading sign a formula.
  const text =
    /^[\d=+\-@\t\r]/.test(value) && !/^\d{4}-\d\d-\d\d/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
