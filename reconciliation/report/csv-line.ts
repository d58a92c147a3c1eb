/** Lines of CSV for a spreadsheet: RFC 4180, with nothing in them that a spreadsheet would run or round. */

/** Excel takes a file without the mark for the machine's own encoding. */
export const BYTE_ORDER_MARK = '\ufeff';

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
