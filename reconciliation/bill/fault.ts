/** What is wrong with a bill, for the person who has to find out why. */

/**
 * - `layout`: the columns are not those that we know, or the end is not written as it should be
 * - `cell`: a value is missing, or is not of the kind that its column holds
 * - `day`: something of another day
 * - `merchant`: something of another merchant
 * - `cut`: the file ends before it is complete
 * - `surplus`: the file goes on after its end
 * - `totals`: its rows do not add up to what it says itself
 */
export type BillFaultKind = 'layout' | 'cell' | 'day' | 'merchant' | 'cut' | 'surplus' | 'totals';

export interface BillPlace {
  /** In the file, from 1. */
  readonly line?: number;
  /** By the text above it. */
  readonly column?: string;
}

/**
 * The bill cannot be believed, whatever has been read of it. The message names line and column and never quotes a
 * cell of a row: users' openids and merchants' data are among them.
 */
export class BillFault extends Error {
  override readonly name = 'BillFault';
  readonly kind: BillFaultKind;
  readonly line: number | undefined;
  readonly column: string | undefined;

  constructor(kind: BillFaultKind, message: string, { line, column }: BillPlace = {}) {
    const place = [line !== undefined && `line ${line}`, column].filter(Boolean).join(', ');
    super(place === '' ? message : `${place}: ${message}`);
    this.kind = kind;
    this.line = line;
    this.column = column;
  }
}
