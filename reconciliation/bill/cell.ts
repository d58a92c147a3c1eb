/** One value of a line: what stands after its backtick, or a fault that says where. */
import { BillFault, type BillFaultKind } from './fault.ts';
import type { Layout } from './layout.ts';
import { decimalOf } from './decimal.ts';
import type { BillFaultCause } from '../../payscore/days/bill-fault.ts';

const BACKTICK = 0x60;

export interface Cell {
  readonly column: string;
  readonly at: number;
}

/** Lines of bills without such a column hold no such cell: reading it is a fault. */
export function cellOf<Name extends string>(layout: Layout<Name>, column: Name): Cell {
  return { column: layout.textOf(column), at: layout.at(column) ?? -1 };
}

/** @throws {BillFault} no value stands there: each has a backtick before it, so that spreadsheets keep its digits */
export function textIn(cells: readonly string[], cell: Cell, line: number): string {
  return written(cells, cell, line).slice(1);
}

/** A number of WeChat Pay's; empty where none stands there: a reversal may have `0`, or nothing. */
export function idIn(cells: readonly string[], cell: Cell, line: number): string {
  const text = textIn(cells, cell, line);
  return /^\d{1,32}$/.test(text) && text !== '0' ? text : '';
}

/** @param decimals of the unit that is counted */
export function decimalIn(
  cells: readonly string[],
  cell: Cell,
  decimals: number,
  line: number,
): number {
  const units = decimalOf(written(cells, cell, line), decimals, 1);
  if (units === undefined) throw cellFault({ code: 'no_number', decimals }, cell, line);
  return units;
}

/** Yuan in the file, fen here; only fees may be less than nothing. */
export function fenIn(cells: readonly string[], cell: Cell, line: number): number {
  const fen = decimalIn(cells, cell, 2, line);
  if (fen < 0) throw cellFault({ code: 'negative' }, cell, line);
  return fen;
}

export function cellFault(
  because: BillFaultCause,
  { column }: Cell,
  line: number,
  kind: BillFaultKind = 'cell',
): BillFault {
  return new BillFault(kind, because, { line, column });
}

function written(cells: readonly string[], cell: Cell, line: number): string {
  const text = cells[cell.at];
  if (text?.charCodeAt(0) !== BACKTICK) throw cellFault({ code: 'no_backtick' }, cell, line);
  return text;
}
