/** Lines of CSV for a spreadsheet: RFC 4180, with nothing in them that a spreadsheet would run or round. */

import type { CsvColumn } from './csv-columns.ts';
import type { Words } from '../../words/en.ts';

/** Excel takes a file without the mark for the machine's own encoding. */
export const BYTE_ORDER_MARK = '\ufeff';

/** The first line, for people: what stands above each column. */
export function csvHead(columns: readonly CsvColumn[], { reconciliation }: Words): string {
  return BYTE_ORDER_MARK + csvLine(columns.map((name) => reconciliation.column(name)));
}

export function csvLine(values: readonly unknown[]): string {
  return `${values.map(cellOf).join(',')}\r\n`;
}

function cellOf(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  // Twenty-eight digits would become a float, and a leading sign a formula.
  const text =
    /^[\d=+\-@\t\r]/.test(value) && !/^\d{4}-\d\d-\d\d/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
