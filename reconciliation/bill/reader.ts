/** WeChat Pay's trade bill, from bytes to proven rows. */
import type { Readable } from 'node:stream';
import { BillFault } from './fault.ts';
import { billLayoutOf, summaryLayoutOf } from './layout.ts';
import { isRow, readLines, type LineTaker } from './lines.ts';
import type { BillRow } from './row.ts';
import { count, nothingCounted, provenTotals, type BillTotals } from './totals.ts';
import { createRowReader, type BillOwner } from './row-reader.ts';

export interface ReadBill extends BillOwner {
  /** The next row is read when the promise is kept. */
  onRow(row: BillRow): void | Promise<void>;
}

/**
 * Gives the rows one by one, in the order of the file, and holds none of them. No row may be believed before the
 * promise is kept: only then is the bill known to be whole, of this merchant, day and type, and to add up to its own
 * totals. The bytes' hash is for whoever brings them.
 *
 * @throws {BillFault} it is not such a bill; besides, whatever the stream of bytes or onRow throws
 */
export async function readBill(
  bytes: Readable | AsyncIterable<Buffer>,
  bill: ReadBill,
): Promise<BillTotals> {
  return await readLines(bytes, createLineTaker(bill));
}

/** After the line of columns. */
const FIRST_ROW = 2;

/** A bill, line by line: its columns, its rows, the columns of its totals, the totals. */
function createLineTaker({ onRow, ...bill }: ReadBill): LineTaker<BillTotals> {
  const totals = nothingCounted();
  let line = 0;
  /** An odd row of other business may be of another day, a whole file may not. */
  let isOfDay = true;
  let rowOf: ReturnType<typeof createRowReader> | undefined;
  let summary: ReturnType<typeof summaryLayoutOf> | undefined;
  let proven: BillTotals | undefined;

  function take(cells: string[]): void | Promise<void> {
    line += 1;
    if (!rowOf) {
      rowOf = createRowReader(billLayoutOf(cells, bill.bill_type), bill);
    } else if (proven) {
      throw new BillFault('surplus', { code: 'after_totals' }, { line });
    } else if (summary) {
      proven = provenTotals(totals, { cells, layout: summary, line });
    } else if (isRow(cells)) {
      const row = rowOf(cells, line);
      if (line === FIRST_ROW || !isOfDay) isOfDay = row.time.startsWith(bill.bill_date);
      count(totals, row);
      return onRow(row);
    } else {
      summary = summaryLayoutOf(cells, bill.bill_type, line);
    }
  }

  return {
    take,
    end(): BillTotals {
      if (line === 0) throw new BillFault('cut', { code: 'empty' });
      const last = summary ? line : line + 1;
      if (!isOfDay) {
        const because = { code: 'none_on', bill_date: bill.bill_date } as const;
        throw new BillFault('day', because, { line: FIRST_ROW, column: '交易时间' });
      }
      if (!proven) throw new BillFault('cut', { code: 'without_totals' }, { line: last });
      return proven;
    },
  };
}
