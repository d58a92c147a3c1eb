/** Whatever is refunded, closed, settled or restarted: no transaction gives back more than it took, and nothing is forgotten. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { startSimulator } from '../../simulator/create.ts';
import { createControl } from '../../simulator/control.ts';
import { newFolder } from './folder.ts';
import { merchantOf, OPENID, type Json } from './merchant.ts';

const RUNS = 12;

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('refund' as const),
      amount: fc.integer({ min: 1, max: 900 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('console' as const),
      amount: fc.integer({ min: 1, max: 500 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('script' as const),
      becomes: fc.constantFrom('SUCCESS' as const, 'ABNORMAL' as const, 'CLOSED' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      seconds: fc.integer({ min: 1, max: 200 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

test('never refunds more than was paid, in money, coupons or fee, and finds all of it after a restart', async (t) => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(0, 1, 250, 799, 800),
      fc.array(step, { minLength: 3, maxLength: 25 }),
      async (coupon, steps) => await play(newFolder(t), coupon, steps),
    ),
    { numRuns: RUNS },
  );
});

async function play(folder: string, coupon: number, steps: readonly Step[]): Promise<void> {
  const start = () => startSimulator({ folder, timeFactor: 0.001 });
  let simulator = await start();
  let people = createControl(simulator.url);
  let merchant = merchantOf(simulator);
  try {
    await people.authorise(OPENID);
    const transaction = await merchant.paid('S1', coupon === 0 ? {} : { coupon });
    for (const [nth, it] of steps.entries()) {
      switch (it.do) {
        case 'refund': {
          const got = await merchant.refund(merchant.refundBody(transaction, `N${nth}`, it.amount));
          assert.ok([200, 400, 429].includes(got.status), got.text);
          break;
        }
        case 'console':
          await people.consoleRefund('S1', it.amount).catch(assertRefused);
          break;
        case 'script':
          await people.scriptRefunds({ out_order_no: 'S1' }, { becomes: it.becomes });
          break;
        case 'settle': {
          const abnormal = (await people.refunds('S1')).find(
            ({ refund }) => refund.status === 'ABNORMAL',
          );
          if (abnormal !== undefined) await people.settleRefund(abnormal.refund.out_refund_no);
          break;
        }
        case 'wait':
          merchant.pass(it.seconds);
          break;
        case 'restart': {
          const before = await truthOf(people);
          await simulator.stop();
          simulator = await start();
          people = createControl(simulator.url);
          merchant = merchantOf(simulator);
          assert.deepEqual(await truthOf(people), before);
          break;
        }
      }
      await assertSums(people, coupon);
    }
  } finally {
    await simulator.stop();
  }
}

async function truthOf(people: ReturnType<typeof createControl>) {
  return [await people.refunds('S1'), (await people.order('S1')).ledger, await people.account()];
}

async function assertSums(people: ReturnType<typeof createControl>, coupon: number): Promise<void> {
  const refunds = (await people.refunds('S1')).map(({ refund }): Json => refund);
  const held = refunds.filter(({ status }) => status !== 'CLOSED').map(({ amount }) => amount);
  const sum = (field: string) => held.reduce((total: number, amount) => total + amount[field], 0);
  assert.ok(sum('refund') <= 800);
  for (const amount of held) {
    assert.equal(amount.payer_refund + amount.discount_refund, amount.refund);
    for (const field of ['payer_refund', 'discount_refund', 'refund_fee', 'settlement_refund']) {
      assert.ok(amount[field] >= 0, field);
    }
  }
  if (held.length === refunds.length) {
    assert.ok(sum('payer_refund') <= 800 - coupon);
    assert.ok(sum('discount_refund') <= coupon);
    assert.ok(sum('refund_fee') <= 5);
  }
  if (sum('refund') === 800) assert.equal(sum('discount_refund'), coupon);
  const { ledger } = await people.order('S1');
  const returned = ledger.reduce((total, { refunded = 0 }) => total + refunded, 0);
  const succeeded = refunds.filter(({ status }) => status === 'SUCCESS');
  const expected = succeeded.reduce((total, { amount }) => total + amount.payer_refund, 0);
  assert.equal(returned, expected);
}

function assertRefused(error: unknown): void {
  assert.equal(Reflect.get(Object(error), 'status'), 409);
}
