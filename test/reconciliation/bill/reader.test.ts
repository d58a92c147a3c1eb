/** The file as a whole: its bytes, its lines, its end. */
import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { BillFault } from '../../../reconciliation/bill/fault.ts';
import { readBill } from '../../../reconciliation/bill/reader.ts';
import type { BillRow } from '../../../reconciliation/bill/row.ts';
import {
  ALL,
  ALL_ROWS,
  ALL_TOTALS,
  BILL_DATE,
  changed,
  faultIn,
  fileOf,
  MCHID,
  read,
} from '../bills.ts';

const BILL = { bill_type: 'ALL', bill_date: BILL_DATE, mchid: MCHID } as const;
const WHOLE = { rows: ALL_ROWS, totals: ALL_TOTALS };
const NO_ROWS = [ALL[0], ALL[5], '`0.0,`0.0,`0.00,`0,`0.00000,`0.00,`0.00'];

const SHAPES: readonly [string, string][] = [
  ['a byte order mark and CRLF', fileOf(ALL)],
  ['no byte order mark', `${ALL.join('\r\n')}\r\n`],
  ['LF', `\ufeff${ALL.join('\n')}\n`],
  ['no line end at its end', ALL.join('\r\n')],
];
for (const [shape, file] of SHAPES) {
  test(`a bill with ${shape} is read`, async () => assert.deepEqual(await read(file), WHOLE));
}

test('wherever the bytes are parted, within a character too, the rows are the same', async () => {
  const bytes = Buffer.from(fileOf(ALL));
  for (let at = 0; at <= bytes.length; at += 1) {
    const parted = await read([bytes.subarray(0, at), bytes.subarray(at)]);
    assert.deepEqual(parted, WHOLE, `parted at ${at}`);
  }
  const single = Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
  assert.deepEqual(await read(single), WHOLE);
});

test('a day without rows adds up to nothing', async () => {
  const { rows, totals } = await read(fileOf(NO_ROWS));
  assert.deepEqual([rows, totals.payments, totals.amount, totals.fee], [[], 0, 0, 0]);
});

test('a bill that was cut is never whole, wherever', async () => {
  const bytes = Buffer.from(fileOf(ALL));
  // The last cell is `15.34: from there on nothing is missing that says something.
  const end = bytes.length - '\r\n'.length;
  for (let at = 0; at < end; at += 1) {
    await assert.rejects(read(bytes.subarray(0, at)), { name: 'BillFault' }, `cut at ${at}`);
  }
});

const CUT = ['cut', 6, undefined];
const ENDS: readonly [string, readonly string[], unknown][] = [
  ['no line', [], ['layout', 1, 1]],
  ['columns only', ALL.slice(0, 1), ['cut', 2, undefined]],
  ['rows only', ALL.slice(0, 5), CUT],
  ['no totals under their columns', ALL.slice(0, 6), CUT],
  ['a line more', [...ALL, '`4.0'], ['surplus', 8, undefined]],
  ['an empty line more', [...ALL, ''], ['surplus', 8, undefined]],
  ['an empty line among the rows', ALL.toSpliced(2, 0, ''), ['layout', 3, 1]],
  ['two bills in one', [...ALL, ...ALL], ['surplus', 8, undefined]],
  ['a line of 64 KiB', changed(3, '充电宝', '电'.repeat(65_536 / 3)), ['layout', 3, undefined]],
  ['one total less', changed(7, ',`15.34', ''), ['cell', 7, undefined]],
];
for (const [what, lines, fault] of ENDS) {
  test(`a bill with ${what} is refused`, async () => assert.deepEqual(await faultIn(lines), fault));
}

test('no bytes at all are no bill', async () => {
  await assert.rejects(read([]), {
    ...{ name: 'BillFault', kind: 'cut', message: 'the bill is empty' },
    fact: { because: { code: 'empty' } },
  });
});

test('an endless line is given up, and what it says is not told', async () => {
  function* endless() {
    for (;;) yield Buffer.alloc(16_384, 'oUser');
  }
  await assert.rejects(read(endless()), (error: BillFault) => {
    assert.deepEqual([error.name, error.fact.line], ['BillFault', 1]);
    assert.doesNotMatch(`${JSON.stringify(error)} ${error.message} ${error.stack}`, /oUser/);
    return true;
  });
});

test('the next row is read when the promise is kept', async () => {
  const seen: string[] = [];
  await readBill(Readable.from([Buffer.from(fileOf(ALL))]), {
    ...BILL,
    async onRow({ line }) {
      seen.push(`${line} begins`);
      await setImmediate();
      seen.push(`${line} ends`);
    },
  });
  assert.deepEqual(
    seen,
    [2, 3, 4, 5].flatMap((line) => [`${line} begins`, `${line} ends`]),
  );
});

test('bytes are asked for only as fast as rows are taken', async () => {
  let given = 0;
  function* endless() {
    yield Buffer.from(`${ALL[0]}\r\n`);
    for (;;) {
      given += 1;
      yield Buffer.from(`${ALL[1]}\r\n`);
    }
  }
  let taken = 0;
  const onRow = async () => {
    taken += 1;
    await setImmediate();
    if (taken === 300) throw new Error('enough');
  };
  await assert.rejects(readBill(Readable.from(endless()), { ...BILL, onRow }), /enough/);
  // The streams between keep some.
  assert.ok(given - taken < 200, `${given} given, ${taken} taken`);
});

test('what onRow throws ends the reading, and the file is closed', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'payscore-bill-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'bill'), fileOf(ALL));
  for (const onRow of [
    () => assert.fail('no room'),
    async () => assert.fail('no room'),
  ] satisfies ((row: BillRow) => unknown)[]) {
    const bytes = createReadStream(join(folder, 'bill'));
    await assert.rejects(readBill(bytes, { ...BILL, onRow }), /no room/);
    assert.equal(bytes.destroyed, true);
  }
});

test('what goes wrong with the bytes is told as it is', async () => {
  async function* failing() {
    yield Buffer.from(fileOf(ALL).slice(0, 900));
    await setImmediate();
    throw new RangeError('the hash is another');
  }
  await assert.rejects(readBill(failing(), { ...BILL, onRow() {} }), {
    name: 'RangeError',
    message: 'the hash is another',
  });
});

test('bytes that were given up are no bill, though none was missing', async () => {
  // So it is when the last of them showed that their hash is another.
  const bytes = new PassThrough();
  bytes.write(fileOf(ALL));
  const onRow = ({ line }: BillRow) => void (line === 5 && bytes.destroy());
  await assert.rejects(readBill(bytes, { ...BILL, onRow }), { code: 'ERR_STREAM_PREMATURE_CLOSE' });
});
