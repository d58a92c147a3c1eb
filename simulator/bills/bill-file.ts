/** Rows become a bill: UTF-8 with a byte order mark, CRLF, a backtick before every value, nothing quoted. */
import { cellOf, TOTALS, type BillLayout } from './bill-cells.ts';
import type { BillRow } from './bill-row.ts';
import type { BillSettings } from './bill-settings.ts';
import { feeYuan, floatYuan, yuan } from './bill-text.ts';

export interface BillLook extends BillLayout, Pick<BillSettings, 'summary' | 'fee_total_off'> {
  /** A column that no document knows. */
  readonly unknownColumn?: string;
}

/** Lines become bytes in lots, so that a big day is never in memory as one text beside its bytes. */
const LOT = 2000;
/** Where an unknown column stands: in the middle, so that whoever counts columns goes wrong. */
const UNKNOWN_AT = 13;

export function billFile(rows: readonly BillRow[], look: BillLook): Buffer {
  const { columns, unknownColumn } = look;
  const names = columns.map(([name]) => name);
  const lots = [Buffer.from(`\ufeff${withUnknown(names, unknownColumn).join(',')}\r\n`)];
  for (let from = 0; from < rows.length; from += LOT) {
    const lines = rows
      .slice(from, from + LOT)
      .map((row) => columns.map(([, header]) => cellOf(row, header)))
      .map((cells) => lineOf(withUnknown(cells, unknownColumn && '0.00')));
    lots.push(Buffer.from(lines.join('')));
  }
  lots.push(Buffer.from(summaryOf(rows, look)));
  return Buffer.concat(lots);
}

function withUnknown(cells: string[], unknown: string | undefined): string[] {
  return unknown === undefined ? cells : cells.toSpliced(UNKNOWN_AT, 0, unknown);
}

function lineOf(cells: string[]): string {
  return `\`${cells.join(',`')}\r\n`;
}

function summaryOf(rows: readonly BillRow[], { totals, summary, fee_total_off }: BillLook): string {
  const values = totals.map(([, total]) => {
    const isFee = total === '手续费总金额';
    const fen = rows.reduce((sum, row) => sum + TOTALS[total](row), isFee ? fee_total_off : 0);
    if (summary === 'float') return floatYuan(fen);
    return isFee ? feeYuan(fen) : yuan(fen);
  });
  const count = summary === 'float' ? `${rows.length}.0` : String(rows.length);
  return `总交易单数,${totals.map(([name]) => name).join(',')}\r\n${lineOf([count, ...values])}`;
}
