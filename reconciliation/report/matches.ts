/** Which row of a bill is of which order, one a line: after the orders are gone it is all that can show it. */
import { join } from 'node:path';
import { MATCH_COLUMNS } from './csv-columns.ts';
import { BYTE_ORDER_MARK, csvHead, csvLine } from './csv-line.ts';
import type { BillRow } from '../bill/row.ts';
import type { Charge } from '../matching/order-source.ts';
import { createTextSpool } from '../matching/spool.ts';
import type { Words } from '../../words/en.ts';

/** CSV with a byte order mark; what a spreadsheet would round has an apostrophe before it. Amounts are fen. */
const HEAD = `${BYTE_ORDER_MARK}${csvLine(MATCH_COLUMNS)}`;

export interface Match {
  readonly out_order_no: string;
  readonly service_id?: string | undefined;
  /** What the order has; of a refund what was declared, which is the same. */
  readonly order_amount: number;
}

export function createMatches(folder: string) {
  const spool = createTextSpool(join(folder, 'matches.csv'));
  let isEmpty = true;
  return {
    path: spool.path,
    /** @returns a promise only where the disk is behind */
    add(row: BillRow, { out_order_no, service_id = '', order_amount }: Match) {
      const { line, kind, time, transaction_id, amount, coupon_amount } = row;
      const refund_id = row.kind === 'payment' ? '' : `'${row.refund_id}`;
      const head = isEmpty ? HEAD : '';
      isEmpty = false;
      return spool.write(
        `${head}${line},${kind},${time},'${transaction_id},${refund_id},'${out_order_no},'${service_id},${amount},${order_amount},${coupon_amount}\r\n`,
      );
    },
    async close(): Promise<void> {
      if (isEmpty) await spool.write(HEAD);
      await spool.close();
    },
    discard: () => spool.discard(),
  };
}

/** The list with headings for people: as it is kept it has the columns' names. One with others, of another release, is left as it is. */
export async function* matchesFor(
  lines: AsyncIterable<string>,
  words: Words,
): AsyncIterable<string> {
  for await (const line of lines) {
    const isHead = `${line}\r\n` === HEAD;
    yield isHead ? csvHead(MATCH_COLUMNS, words) : `${line}\r\n`;
  }
}

/** As a line of the list has it. */
export function transactionIn(line: string): Charge['transaction_id'] {
  return line.split(',')[3]?.slice(1) ?? '';
}
