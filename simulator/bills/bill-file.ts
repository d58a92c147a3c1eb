/** Rows become a bill: UTF-8 with a byte order mark, CRLF, a backtick before every value, nothing quoted. */
import { cellsOf, COLUMNS, SUMMARIES, TOTALS, type BillType } from './bill-layout.ts';
import type { BillRow } from './bill-row.ts';
import type { BillSettings } from './bill-settings.ts';
import { feeYuan, floatYuan, yuan } from './bill-text.ts';

export interface BillLook {
  readonly type: BillType;
  readonly summary: BillSettings['summary'];
  /** A column that no document knows. */
  readonly unknownColumn?: string;
}

/** Lines become bytes in lots, so that a big day is never in memory as one text beside its bytes. */
const LOT = 2000;
/** Where an unknown column stands: in the middle, so that whoever counts columns goes wrong. */
const UNKNOWN_AT = 13;

export function billFile(rows: readonly BillRow[], look: BillLook): Buffer {
  const { type, unknownColumn } = look;
  const lots = [Buffer.from(`\ufeff${withUnknown(COLUMNS[type], unknownColumn).join(',')}\r\n`)];
  for (let from = 0; from < rows.length; from += LOT) {
    const lines = rows
      .slice(from, from + LOT)
      .map((row) => lineOf(withUnknown(cellsOf(row, type), unknownColumn && '0.00')));
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

function summaryOf(rows: readonly BillRow[], { type, summary }: BillLook): string {
  const totals = SUMMARIES[type].map((total) => {
    const fen = rows.reduce((sum, row) => sum + TOTALS[total](row), 0);
    if (summary === 'float') return floatYuan(fen);
    return total === '手续费总金额' ? feeYuan(fen) : yuan(fen);
  });
  const count = summary === 'float' ? `${rows.length}.0` : String(rows.length);
  return `总交易单数,${SUMMARIES[type].join(',')}\r\n${lineOf([count, ...totals])}`;
}
