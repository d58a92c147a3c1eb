/** What becomes of a row that was set aside: what is asked, how many at once, and what is told. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BillRow } from '../../../reconciliation/bill/row.ts';
import type { UnmatchedRow } from '../../../reconciliation/matching/comparison.ts';
import { createRefundHistory } from '../../../reconciliation/ledger/refund-history.ts';
import { NOTHING_DECLARED } from '../../../reconciliation/matching/declared-refunds.ts';
import { createRefundJudgement } from '../../../reconciliation/matching/refund-judgement.ts';
import { createExamination } from '../../../reconciliation/matching/examination.ts';
import {
  OrderSilentError,
  type OrderSource,
  type OurOrder,
} from '../../../reconciliation/matching/order-source.ts';
import type { Finding } from '../../../reconciliation/report/finding.ts';
import { ALL_ROWS, BILL_DATE } from '../bills.ts';

const BEGUN_AT = 1_000;
const [charge, refund] = ALL_ROWS as [BillRow, BillRow];
const { transaction_id } = charge;
const charges = [{ transaction_id, amount: 800, bill_date: BILL_DATE }];
const paid: OurOrder = { out_order_no: 'N1', phase: 'paid', charges, endedAt: BEGUN_AT };
const unpaid: OurOrder = { out_order_no: 'N1', phase: 'paying', charges: [] };

const unmatched = (change: Partial<UnmatchedRow> = {}): UnmatchedRow => ({
  ...{ row: charge, out_order_no: 'N1', isPayScore: true, isRepeated: false },
  ...change,
});

function sourceOf(change: Partial<OrderSource> = {}) {
  const asked: unknown[] = [];
  const source: OrderSource = {
    async *paymentsOn() {},
    async *waiversOn() {},
    ask: async () => 'not_found',
    async find(wanted) {
      asked.push(wanted);
      return wanted.out_order_nos.map((out_order_no) => ({ out_order_no }));
    },
    read: async () => paid,
    heal: async () => 'not_found',
    ...change,
  };
  const judgement = createRefundJudgement({
    ...{ bill_date: BILL_DATE, declared: NOTHING_DECLARED, history: createRefundHistory() },
  });
  const parts = { source, bill_date: BILL_DATE, begunAt: BEGUN_AT, whenSilent: 'tell' } as const;
  return { asked, examine: createExamination({ ...parts, judgement: () => judgement }) };
}

/** The one outcome of one row. */
async function outcomeOf(change: Partial<OrderSource>, it = unmatched()) {
  const { examine } = sourceOf(change);
  const [examined] = await examine([it]);
  return examined?.outcome;
}
const nobodyHere: Partial<OrderSource> = { find: async () => [] };
const factsOf = ({ kind, healed, phase, out_order_no, order_amount }: Finding) => ({
  ...{ kind, healed, phase, out_order_no, order_amount },
});

test('asks by the numbers of the rows, each once, and by none that is not there', async () => {
  const { asked, examine } = sourceOf();
  const { out_order_no: _, ...nameless } = unmatched({ row: { ...charge, transaction_id: '' } });
  await examine([unmatched(), unmatched(), nameless]);
  assert.deepEqual(asked, [{ transaction_ids: [transaction_id], out_order_nos: ['N1'] }]);
});

test('looks into twenty orders at once and no more, and answers in the order of the rows', async () => {
  let [running, most] = [0, 0];
  const { examine } = sourceOf({
    async read(out_order_no) {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return { ...paid, out_order_no };
    },
  });
  const numbers = Array.from({ length: 45 }, (_, nth) => `N${nth}`);
  const examined = await examine(numbers.map((out_order_no) => unmatched({ out_order_no })));
  assert.equal(most, 20);
  assert.deepEqual(
    examined.map(({ order }) => order?.out_order_no),
    numbers,
  );
});

test('looks into the rows of one order one after the other: what one heals, the next one reads', async () => {
  let order = unpaid;
  let healings = 0;
  const second = { transaction_id: '43', amount: 7, bill_date: BILL_DATE };
  const { examine } = sourceOf({
    read: async () => order,
    async heal() {
      healings += 1;
      await new Promise((resolve) => setImmediate(resolve));
      order = { ...paid, charges: [...charges, second], endedAt: BEGUN_AT + 1 };
      return order;
    },
  });
  await examine([
    unmatched(),
    unmatched({ row: { ...charge, transaction_id: '43', amount: 7 } as BillRow }),
  ]);
  assert.equal(healings, 1);
});

test('so it does for an order that is unknown here, by the number that rows name', async () => {
  let running = 0;
  const { examine } = sourceOf({
    ...nobodyHere,
    async heal() {
      assert.equal(++running, 1);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return 'not_found';
    },
  });
  await examine([unmatched(), unmatched({ row: { ...charge, transaction_id: '43' } as BillRow })]);
});

test('a payment of the day that its order knew before the run began agrees', async () => {
  assert.equal(await outcomeOf({}), 'agreed');
  const before = [{ transaction_id, amount: 800, bill_date: '2026-09-30' }];
  const read = async () => ({ ...paid, charges: before });
  assert.equal(await outcomeOf({ read }), 'agreed_if_once');
});

for (const endedAt of [BEGUN_AT + 1, undefined]) {
  test(`a payment that its order knows ${endedAt ? 'later' : 'while it runs'} was healed`, async () => {
    const { endedAt: _, ...open } = paid;
    const read = async () => (endedAt === undefined ? open : { ...paid, endedAt });
    assert.deepEqual(factsOf((await outcomeOf({ read })) as Finding), {
      ...{ kind: 'paid_unnoticed', healed: true, phase: 'paid', out_order_no: 'N1' },
      order_amount: 800,
    });
  });
}

for (const healing of ['not_found', 'refused'] as const) {
  test(`an order here of which WeChat says '${healing}' is told as it stands here`, async () => {
    const heal = async () => healing;
    const outcome = await outcomeOf({ read: async () => unpaid, heal });
    assert.deepEqual(factsOf(outcome as Finding), {
      ...{ kind: 'paid_unnoticed', healed: false, phase: 'paying', out_order_no: 'N1' },
      order_amount: undefined,
    });
  });
}

test('an order that does not answer is told with the number, and with nothing else of it', async () => {
  const silent = new OrderSilentError('N1', 'it is stuck');
  assert.equal(silent.name, 'OrderSilentError');
  const outcome = await outcomeOf({ read: () => Promise.reject(silent) });
  assert.deepEqual(factsOf(outcome as Finding), {
    ...{ kind: 'order_silent', healed: false, phase: 'unknown', out_order_no: 'N1' },
    order_amount: undefined,
  });
});

test('any other failure is no silence', async () => {
  const read = () => Promise.reject(new RangeError('a mistake'));
  await assert.rejects(outcomeOf({ read }), RangeError);
});

test('a charge that names no order is told, and nobody is asked', async () => {
  const heal = (): never => assert.fail('asked');
  const { out_order_no: _, ...nameless } = unmatched();
  for (const it of [nameless, { ...nameless, isPayScore: false }]) {
    assert.deepEqual(factsOf((await outcomeOf({ ...nobodyHere, heal }, it)) as Finding), {
      ...{ kind: 'unnamed_charge', healed: false, phase: 'unknown', out_order_no: '' },
      order_amount: undefined,
    });
  }
});

test('a charge that only looks like one of ours is told, and nobody is asked', async () => {
  const heal = (): never => assert.fail('asked');
  const outcome = await outcomeOf({ ...nobodyHere, heal }, unmatched({ isPayScore: false }));
  assert.equal((outcome as Finding).kind, 'unnamed_charge');
});

// what, the row, what WeChat says of the order
for (const [what, it, healing, expected] of [
  [
    'a refund of the shop’s',
    unmatched({ row: { ...refund, trade_type: 'JSAPI' }, isPayScore: false }),
    undefined,
    'elsewhere',
  ],
  ['an order that WeChat does not know', unmatched(), 'not_found', 'elsewhere'],
  ['an order that WeChat does not tell of', unmatched(), 'refused', 'undisclosed'],
  [
    'a payment of the shop',
    unmatched({ row: { ...charge, trade_type: 'JSAPI' }, isPayScore: false }),
    undefined,
    'elsewhere',
  ],
] as const) {
  test(`${what} is ${expected}`, async () => {
    const heal = async () => healing ?? assert.fail('asked');
    assert.equal(await outcomeOf({ ...nobodyHere, heal }, it), expected);
  });
}

// what, of which transaction the refund is due, whether it is set right
for (const [what, due, healed] of [
  ['of the transaction', transaction_id, true],
  ['of no transaction in particular', undefined, true],
  ['of another transaction', '43', false],
] as const) {
  test(`a refund that was due ${what} is ${healed ? '' : 'not '}what was due`, async () => {
    const refundDue = { amount: 300, ...(due !== undefined && { transaction_id: due }) };
    const row = { ...refund, refund_status: 'SUCCESS' } as BillRow;
    const outcome = await outcomeOf(
      { read: async () => ({ ...paid, refundDue }) },
      unmatched({ row }),
    );
    assert.equal((outcome as Finding).healed, healed);
  });
}
