/** A bill as it is kept: it says who paid, and nobody needs to know that any more. */
import { createHmac, randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';

const USER = '用户标识';
const DIGITS = 28;
/** Of a file that says its encoding so. */
const MARK = String.fromCodePoint(0xfeff);

/**
 * The lines of a bill with a pseudonym for each user: the same in one file, and under a key that nobody keeps. Everything else
 * stays as WeChat sent it.
 */
export async function* pseudonymised(bill: Readable): AsyncIterable<string> {
  const key = randomBytes(32);
  let column = -1;
  for await (const line of linesOf(bill)) {
    const isRow = line.startsWith('`');
    if (!isRow) column = columnIn(line);
    yield isRow && column >= 0 ? withPseudonym(line, column, key) : line;
  }
}

/** With their ends. */
async function* linesOf(text: Readable): AsyncIterable<string> {
  let rest = '';
  for await (const chunk of text.setEncoding('utf8')) {
    const lines = (rest + String(chunk)).split(/(?<=\n)/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** Where the users stand in the rows behind this line of names; -1 where they do not. */
function columnIn(header: string): number {
  return header.replace(MARK, '').trim().split(',').indexOf(USER);
}

/** Every cell begins with a backtick; the users' column stands before all that a merchant writes. */
function withPseudonym(row: string, column: number, key: Buffer): string {
  const cells = row.split(',`');
  const user = cells[column];
  if (user === undefined || user === '') return row;
  const pseudonym = createHmac('sha256', key).update(user).digest('base64url').slice(0, DIGITS);
  return cells.with(column, pseudonym).join(',`');
}
