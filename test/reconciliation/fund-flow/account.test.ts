/** The account ties out with the trade bill to the fen, or the day says by how much it does not, and where. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Day } from '../../../reconciliation/day.ts';
import { reconcile } from '../../../reconciliation/reconcile.ts';
import { AUTH_ID, BILL_DATE, changed as billWith, fileOf, MCHID, SHOP } from '../bills.ts';
import { createOwnSource } from '../own-orders.ts';
import { dayOf } from '../random-day.ts';
import { BEGUN_AT } from '../scenarios.ts';
import { flowOf, MOVEMENTS, REFUND, type Movement } from './flows.ts';

/** No payment is at midnight. */
const BILL = billWith(2, '23:59:59', '13:00:00', billWith(4, '00:00:00', '10:00:00'));

/** Nobody's payments but the shop's. */
async function reconciled(
  t: TestContext,
  flow: readonly string[] | undefined,
  change: Partial<Day> = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'payscore-account-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const [path, flowPath] = [join(folder, 'bill.csv'), join(folder, 'flow.csv')];
  await writeFile(path, fileOf(BILL));
  if (flow) await writeFile(flowPath, fileOf(flow));
  const { report } = await reconcile({
    bill: { bill_date: BILL_DATE, mchid: MCHID, file: { path, hash_value: 'ab12' } },
    ...{ otherBills: [], unbilledIs: 'missing', begunAt: BEGUN_AT, whenSilent: 'tell' },
    source: { ...createOwnSource(dayOf([])), heal: async () => 'not_found' },
    fundFlow: async () => ({ file: flow && { path: flowPath, hash_value: 'cd34' } }),
    ...{ folder, watch: () => {} },
    ...change,
  });
  return report;
}

const AGREED = {
  hash_value: 'cd34',
  rows: 8,
  payments: { count: 2, amount: 2_000 },
  refunds: { count: 2, amount: 1_500 },
  fees: 3,
};

/** @param by so many fen more */
function changed(at: number, by: number): Movement[] {
  return MOVEMENTS.map((it, index) => (index === at ? { ...it, fen: it.fen + by } : it));
}

const flowOfFees: readonly Movement[] = [
  { id: AUTH_ID, type: '交易', fen: 795 },
  { id: SHOP, type: '交易', fen: 1_193 },
  { id: REFUND, type: '退款', fen: -298 },
  ...MOVEMENTS.slice(6, 7).map((it) => ({ ...it, fen: -1_193 })),
];

test('what moved the account is what the bill says, with fees in rows of their own', async (t) => {
  const { result, fund_flow } = await reconciled(t, flowOf(MOVEMENTS));
  assert.deepEqual([result, fund_flow], ['balanced', AGREED]);
});

test('what moved the account is what the bill says, with fees within the amounts', async (t) => {
  const { result, fund_flow } = await reconciled(t, flowOf(flowOfFees));
  const { fees: _, ...rest } = AGREED;
  const amounts = { payments: { count: 2, amount: 1_988 }, refunds: { count: 2, amount: 1_491 } };
  assert.deepEqual([result, fund_flow], ['balanced', { ...rest, rows: 4, ...amounts }]);
});

for (const [side, at, id] of [
  ['payments', 2, SHOP],
  ['refunds', 4, REFUND],
] as const) {
  test(`a fen of ${side} that the account has otherwise is a finding`, async (t) => {
    const { result, fund_flow, examples } = await reconciled(t, flowOf(changed(at, -1)));
    assert.equal(result, 'unbalanced');
    const off = side === 'payments' ? -1 : 1;
    assert.deepEqual(fund_flow && 'off' in fund_flow && fund_flow.off, { [side]: off });
    const told = examples.map((it) => [it.kind, it.refund_id ?? it.transaction_id]);
    assert.deepEqual(told, [['account_differs', id]]);
    const [{ bill_amount = 0, account_amount = 0 } = {}] = examples;
    assert.equal(account_amount - bill_amount, off);
  });
}

test('a payment that the account does not have is a finding, and one that it alone has', async (t) => {
  const other = '4200000000202610010000000009';
  const moved = MOVEMENTS.map((it) =>
    it.id === SHOP ? { ...it, id: other, fen: it.fen * 2 } : it,
  );
  const { examples } = await reconciled(t, flowOf(moved));
  assert.deepEqual(
    examples.map(({ transaction_id, bill_amount, account_amount }) => [
      transaction_id,
      bill_amount,
      account_amount,
    ]),
    [
      [SHOP, 1_200, 0],
      [other, 0, 2_400],
    ],
  );
});

test('an acknowledged difference leaves the day balanced', async (t) => {
  const flow = flowOf(changed(2, -1));
  const [{ id } = {}] = (await reconciled(t, flow)).examples;
  assert.ok(id);
  const acknowledgedOn = async () => new Set([id]);
  assert.equal((await reconciled(t, flow, { acknowledgedOn })).result, 'balanced');
  const more = await reconciled(t, flowOf(changed(2, -2)));
  assert.notEqual(more.examples[0]?.id, id);
});

test('a fee that the account has otherwise is told, and no finding', async (t) => {
  const { result, fund_flow } = await reconciled(t, flowOf(changed(1, -1)));
  assert.deepEqual([result, fund_flow], ['balanced', { ...AGREED, fees: 4, off: { fees: 1 } }]);
});

test('what moved minutes from midnight is told, and no finding', async (t) => {
  const late = { id: '4200000000202610010000000009', type: '交易', fen: 100, time: '23:59:59' };
  const { result, fund_flow } = await reconciled(t, flowOf([...MOVEMENTS, late]));
  assert.equal(result, 'balanced');
  assert.deepEqual(fund_flow, {
    ...{ ...AGREED, rows: 9, payments: { count: 3, amount: 2_100 } },
    ...{ off: { payments: 100 }, at_midnight: { count: 1, amount: 100 } },
  });
});

test('what is no trade is told by its type, and ties out with nothing', async (t) => {
  const drawn = { id: '', type: '提现', fen: -50_000 };
  const { result, fund_flow } = await reconciled(t, flowOf([...MOVEMENTS, drawn]));
  const others = { 提现: { count: 1, amount: -50_000 } };
  assert.deepEqual([result, fund_flow], ['balanced', { ...AGREED, rows: 9, others }]);
});

test('a refund that the bill lacks is counted beside, and asked about; what comes back of one is no payment', async (t) => {
  const id = `${REFUND}7`;
  const beside = { id, type: '退款', fen: -40, voucher: 'RF-7' };
  const back = { id, type: '退款关闭', fen: 40, voucher: 'RF-7' };
  const asked: string[] = [];
  const { result, fund_flow } = await reconciled(t, flowOf([...MOVEMENTS, beside, back]), {
    refundBeside: async ({ voucher }) => void asked.push(voucher),
  });
  assert.deepEqual([result, asked], ['balanced', ['RF-7']]);
  assert.deepEqual(fund_flow, {
    ...{ ...AGREED, rows: 10, refunds: { count: 3, amount: 1_540 } },
    ...{ refunds_beside: { count: 1, amount: 40 }, refunds_closed: { count: 1, amount: 40 } },
  });
});

test('a day on which the account did not move is held against the bill all the same', async (t) => {
  const { result, fund_flow, findings } = await reconciled(t, undefined);
  assert.equal(result, 'unbalanced');
  assert.deepEqual(fund_flow && 'off' in fund_flow && fund_flow.off, {
    payments: -2_000,
    refunds: -1_500,
    fees: -3,
  });
  assert.equal(findings.account_differs?.count, 4);
});

test('one that cannot be read leaves the report of the trade bill as it is, and says why in facts', async (t) => {
  const { result, fund_flow, agreed } = await reconciled(t, flowOf(MOVEMENTS).slice(0, -1));
  assert.deepEqual([result, agreed], ['balanced', { count: 0, amount: 0 }]);
  assert.deepEqual(fund_flow, {
    missing: 'unreadable',
    fault: { line: 10, because: { code: 'without_totals' } },
  });
});

test('one that is not there leaves the report of the trade bill as it is, and says why', async (t) => {
  const missing = { missing: 'not_ready', message: 'later' } as const;
  const { result, fund_flow } = await reconciled(t, undefined, { fundFlow: async () => missing });
  assert.deepEqual([result, fund_flow], ['balanced', missing]);
});
