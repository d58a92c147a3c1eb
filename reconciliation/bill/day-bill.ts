/** A day's bill as a file. */
import { createReadStream } from 'node:fs';
import { BillFault } from './fault.ts';
import { readBill } from './reader.ts';
import type { BillRow } from './row.ts';
import { nothingCounted, type BillTotals } from './totals.ts';

export interface Bill {
  /** `yyyy-MM-dd`, the day in Beijing. */
  readonly bill_date: string;
  readonly mchid: string;
  /** Of the unzipped file, proven by its hash; undefined where WeChat has none of the day. */
  readonly file: { readonly path: string; readonly hash_value: string } | undefined;
}

export interface Reading {
  onRow(row: BillRow): void | Promise<void>;
  /** Now and then, and at the end. */
  onProgress?(rows: number, bytes: number): void;
}

const ROWS_BETWEEN = 10_000;

/** @throws {BillFault} as `readBill` does */
export async function readFileOf(
  { bill_date, mchid, file }: Bill,
  { onRow, onProgress = () => {} }: Reading,
): Promise<BillTotals> {
  if (!file) return nothingCounted();
  const stream = createReadStream(file.path, { highWaterMark: 256 * 1024 });
  let rows = 0;
  try {
    const totals = await readBill(stream, {
      ...{ bill_type: 'ALL', bill_date, mchid },
      onRow(row) {
        rows += 1;
        if (rows % ROWS_BETWEEN === 0) onProgress(rows, stream.bytesRead);
        return onRow(row);
      },
    });
    onProgress(rows, stream.bytesRead);
    return totals;
  } catch (error) {
    if (!(error instanceof BillFault)) throw error;
    const { because, ...place } = error.fact;
    throw new BillFault(error.kind, because, { ...place, bill_date });
  } finally {
    stream.destroy();
  }
}
