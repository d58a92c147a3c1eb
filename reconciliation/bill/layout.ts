/** Where in the lines of a bill each value stands, found by the text above it. */
import { BillFault } from './fault.ts';
import type { BillPlace, LayoutFault } from '../../payscore/days/bill-fault.ts';
import {
  CURRENT,
  EARLY,
  type BillType,
  type Column,
  type Known,
  type SummaryColumn,
} from './known-layouts.ts';

export interface Layout<Name extends string> {
  /** As many as a line has cells. */
  readonly columns: readonly Name[];
  /** Which cell of a line it is; undefined where such bills have no such column. */
  at(column: Name): number | undefined;
  /** What stands above it. */
  textOf(column: Name): string;
}

/** @throws {BillFault} the columns are not those of such a bill, which have changed before and may again */
export function billLayoutOf(header: readonly string[], type: BillType): Layout<Column> {
  return layoutOf(header, [CURRENT.columns(type), EARLY.columns(type)], 1);
}

/** @throws {BillFault} the totals are not those of such a bill */
export function summaryLayoutOf(
  header: readonly string[],
  type: BillType,
  line: number,
): Layout<SummaryColumn> {
  // A bill of payments had all seven totals in 2019.
  return layoutOf(header, [CURRENT.totals(type), CURRENT.totals('ALL'), EARLY.totals], line);
}

/** @throws {BillFault} the columns are those of none of them */
export function layoutOf<Name extends string>(
  header: readonly string[],
  candidates: readonly Known<Name>[],
  line: number,
): Layout<Name> {
  const { called, alike } = nearestTo(header, candidates);
  const meanings = new Map(called);
  const places = new Map<Name, number>();
  for (const [index, text] of header.entries()) {
    const place = { line, column: nameOf(text, index) };
    const column = meanings.get(text);
    if (column === undefined) throw fault('unknown_column', place, header);
    if (places.has(column)) throw fault('column_twice', place, header);
    places.set(column, index);
  }
  for (const [text, column] of called) {
    if (!places.has(column)) throw fault('column_missing', { line, column: text }, header);
  }
  const columns = [...places.keys()];
  for (const [column, as] of alike) {
    const index = places.get(as);
    if (index !== undefined) places.set(column, index);
  }
  const at = (column: Name) => places.get(column);
  return { columns, at, textOf: (column) => header[at(column) ?? -1] ?? column };
}

/** The one that has most of these texts: what is wrong is said of it. */
function nearestTo<Name extends string>(
  header: readonly string[],
  candidates: readonly Known<Name>[],
): Known<Name> {
  const shared = ({ called }: Known<Name>) =>
    called.filter(([text]) => header.includes(text)).length;
  return candidates.reduce((best, it) => (shared(it) > shared(best) ? it : best));
}

/** Where a row stands in the header's place, its cells are not told: an openid may be among them. */
function nameOf(text: string, index: number): string | number {
  return /^[^`]{0,20}$/.test(text) && /\p{Script=Han}/u.test(text) ? text : index + 1;
}

const EARLY_WORDS = /^(?:子商户号|总金额|总交易额)$|企业红包|立减优惠/;

function fault(code: LayoutFault, place: BillPlace, header: readonly string[]): BillFault {
  const isEarly = header.some((text) => EARLY_WORDS.test(text));
  return new BillFault('layout', { code, layout: isEarly ? 'early' : 'new' }, place);
}
