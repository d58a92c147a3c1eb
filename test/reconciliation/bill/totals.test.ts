/** A bill is believed only when its rows add up to what its last line says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BillFault } from '../../../reconciliation/bill/fault.ts';
import { ALL, changed, faultIn, fileOf, read } from '../bills.ts';

// which total, as it is, one unit more
const TOTALS: readonly [string, string, string][] = [
  ['总交易单数', '`4.0', '`5.0'],
  ['应结订单总金额', '`20.00', '`20.01'],
  ['退款总金额', '`15.0', '`15.01'],
  ['充值券退款总金额', '`0.2', '`0.21'],
  ['手续费总金额', '`0.03', '`0.05'],
  ['订单总金额', '`20.34', '`20.35'],
  ['申请退款总金额', '`15.34', '`15.35'],
];
for (const [column, from, to] of TOTALS) {
  // Fees are told, below.
  if (column === '手续费总金额') continue;
  test(`${column} must be what the rows make, to the last unit`, async () => {
    assert.deepEqual(await faultIn(changed(7, from, to)), ['totals', 7, column]);
  });
}
for (const [column, from] of TOTALS) {
  test(`${column} must be a number`, async () => {
    assert.deepEqual(await faultIn(changed(7, from, '`x')), ['cell', 7, column]);
  });
}

test('a row that is missing or there twice is noticed', async () => {
  for (const at of [1, 2, 3, 4]) {
    const row = ALL[at] ?? '';
    assert.deepEqual(await faultIn(ALL.toSpliced(at, 1)), ['totals', 6, '总交易单数']);
    assert.deepEqual(await faultIn(ALL.toSpliced(at, 0, row)), ['totals', 8, '总交易单数']);
  }
});

test('totals may be written with more decimals or with fewer', async () => {
  const last = '`4,`20,`15.00000,`0.200,`0.03000,`20.34,`15.340';
  assert.equal((await read(fileOf(ALL.with(6, last)))).rows.length, 4);
});

// what the rows make in fees, what is said, how many fen that is off when both are rounded
const FEES: readonly [string, string, number][] = [
  ['0.07499', '0.03', 0],
  ['0.07500', '0.04', 0],
  ['0.07500', '0.03', -1],
  ['0.07500', '0.02', -2],
  ['0.07204', '0.03204', 0],
  ['0.07204', '0.02500', 0],
  ['0.07204', '0.02499', -1],
  ['0.07204', '0.04', 1],
  ['0.07204', '0.05', 2],
  ['-0.00500', '-0.05', 0],
  ['0.00', '-0.04', 0],
  ['0.00', '0.04', 8],
];
for (const [fee, said, off] of FEES) {
  // The other rows make -0.04.
  test(`fees of ${fee} and -0.04, said to be ${said}, are ${off === 0 ? 'so' : `off by ${off}`}`, async () => {
    const lines = changed(7, '`0.03', `\`${said}`, changed(4, '0.07204', fee));
    assert.equal((await read(fileOf(lines))).totals.fee_off ?? 0, off);
  });
}

test('a fault of the totals says what both sides make', async () => {
  await assert.rejects(read(fileOf(changed(7, '`20.34', '`1.5'))), (error: BillFault) => {
    assert.equal(error.message, 'line 7, 订单总金额: is 1.50, but the rows make 20.34');
    return true;
  });
  await assert.rejects(
    read(fileOf(changed(7, '`4.0', '`44'))),
    /总交易单数: is 44, but .* make 4$/,
  );
});

test('totals that are too few say how many there are', async () => {
  await assert.rejects(read(fileOf(changed(7, ',`15.34', ''))), {
    message: 'line 7: 6 totals where the line above has 7',
  });
});

test('sums that a number cannot hold exactly are refused', async () => {
  const great = ALL[1].replaceAll('8.00', '90071992547409.91'); // 2^53 - 1 fen
  const small = ALL[1].replaceAll('8.00', '0.03');
  const stated = (sum: string) => [
    ...[ALL[0], great, small, ALL[5]],
    `\`2,\`${sum},\`0,\`0,\`0.10,\`${sum},\`0`,
  ];
  assert.deepEqual(await faultIn(stated('90071992547409.94')), ['cell', 5, '应结订单总金额']);
  assert.deepEqual(await faultIn(stated('90071992547409.91')), ['totals', 5, '应结订单总金额']);
});
