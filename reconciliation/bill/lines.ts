/** A bill of whatever kind, as lines of cells: a header, rows, a header of totals, the totals. */
import type { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { BillFault } from './fault.ts';

/** Nothing is quoted, and the end of the file has another shape than its rows. */
export const FORMAT = {
  bom: true,
  quote: false,
  escape: null,
  relax_column_count: true,
  // What is no bill may be one endless line.
  max_record_size: 64 * 1024,
  // In records: so many are read between two waits.
  readableHighWaterMark: 64,
} as const;

export interface LineTaker<Totals> {
  /** The next line is taken when the promise is kept. */
  take(cells: string[]): void | Promise<void>;
  /** @throws {BillFault} the bill is not whole */
  end(): Totals;
}

/** @throws whatever the taker and the stream of bytes throw; a {BillFault} where a line has no end */
export async function readLines<Totals>(
  bytes: Readable | AsyncIterable<Buffer>,
  taker: LineTaker<Totals>,
): Promise<Totals> {
  try {
    return await pipeline(bytes, parse(FORMAT), (records: AsyncIterable<string[]>) =>
      // A stage gets the stream before it as it is.
      takeAll(records as Readable, taker),
    );
  } catch (error) {
    if (error instanceof CsvError && error.code === 'CSV_MAX_RECORD_SIZE') {
      throw new BillFault('layout', { code: 'too_long' }, { line: Number(error['lines']) });
    }
    throw error;
  }
}

/**
 * All records that are there at once, and only then the next wait: a promise for each of a million would cost as much as
 * what is done with it.
 */
async function takeAll<Totals>(records: Readable, { take, end }: LineTaker<Totals>) {
  const ended = finished(records, { writable: false });
  let wake = () => {};
  records.on('readable', () => wake());
  for (;;) {
    const more = new Promise<void>((resolve) => {
      wake = resolve;
    });
    for (let record = next(records); record; record = next(records)) {
      const taken = take(record);
      if (taken instanceof Promise) await taken;
    }
    if (records.readableEnded) break;
    await Promise.race([more, ended]);
  }
  await ended;
  return end();
}

function next(records: Readable): string[] | null {
  return records.read() as string[] | null;
}

/** The lines of columns have no backticks. */
export function isRow([first]: readonly string[]): boolean {
  return first?.startsWith('`') ?? false;
}
