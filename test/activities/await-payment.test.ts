/** Looking, ever more rarely, whether WeChat has charged an order: against the simulator. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createPollingActivities } from '../../activities/await-payment.ts';
import type { FailureType } from '../../payscore/refusals/failure-type.ts';
import type { Refusal } from '../../payscore/refusals/refusal.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';
import type { ServiceOrderKey } from '../../wechatpay/service-orders.ts';
import { newNumber } from '../support/orders.ts';
import { openRental, type Rented } from './rented.ts';

let rented: Rented;
before(async () => (rented = await openRental()));
after(() => rented.stop());

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const delaysMs = [1_000, 60_000, 300_000];

async function look(key: ServiceOrderKey, attempt: number, elapsedMs = 0) {
  const scheduledTimestampMs = Date.parse('2026-10-01T00:00:00Z');
  const environment = new MockActivityEnvironment({
    attempt,
    scheduledTimestampMs,
    currentAttemptScheduledTimestampMs: scheduledTimestampMs + elapsedMs,
  });
  const { wechatpay } = rented;
  const { awaitPayment } = createPollingActivities({ wechatpay, delaysMs });
  return await environment.run<[ServiceOrderKey], ServiceOrder | null, typeof awaitPayment>(
    awaitPayment,
    key,
  );
}

/** The failure by which an attempt asks for the next one, so many milliseconds later, ±10 %. */
async function assertLater(
  attempt: Promise<unknown>,
  delayMs: number,
): Promise<ApplicationFailure> {
  const failure: unknown = await attempt.then(
    () => assert.fail('the polling ends'),
    (error: unknown) => error,
  );
  assert.ok(failure instanceof ApplicationFailure, String(failure));
  assert.equal(failure.category, ApplicationFailureCategory.BENIGN);
  assert.equal(failure.nonRetryable, false);
  const next = Number(failure.nextRetryDelay);
  assert.ok(next >= 0.9 * delayMs && next <= 1.1 * delayMs, `${next} ms for ${delayMs} ms`);
  return failure;
}

test('the first attempt only waits, and asks WeChat nothing', async () => {
  const key = await rented.bill();
  const { control } = rented;
  await control.pay(key.out_order_no);
  await control.planFault({ call: 'query', fault: 'cut' });
  await assertLater(look(key, 1), 1_000);
  assert.equal((await control.faults()).faults.length, 1, 'a query would have met the fault');
  await control.clearFaults();
});

for (const [attempt, elapsedMs, delayMs] of [
  [2, 1_000, 60_000],
  [3, 61_000, 300_000],
  [4, 361_000, 6 * HOUR_MS],
  [40, 7 * DAY_MS, DAY_MS],
] as const) {
  test(`attempt ${attempt} finds it unpaid, and looks again after ${delayMs} ms`, async () => {
    const failure = await assertLater(look(await rented.bill(), attempt, elapsedMs), delayMs);
    assert.match(failure.message, /not settled/);
  });
}

test('the second attempt finds the payment, and brings WeChat’s account of it', async () => {
  const key = await rented.bill();
  await rented.control.pay(key.out_order_no);
  const order = await look(key, 2, 1_000);
  assert.ok(order);
  assert.deepEqual(
    [order.out_order_no, order.state, order.total_amount, order.collection?.state],
    [key.out_order_no, 'DONE', 800, 'USER_PAID'],
  );
});

for (const fault of ['cut', 'unsigned-502', 'bad-signature', 'executed-then-500'] as const) {
  test(`an attempt that meets ${fault} tries again later, although it was paid`, async () => {
    const key = await rented.bill();
    await rented.control.pay(key.out_order_no);
    await rented.control.planFault({ call: 'query', fault });
    await assertLater(look(key, 2, 1_000), 60_000);
    assert.equal((await look(key, 3, 61_000))?.state, 'DONE');
  });
}

/** What ends the polling, for the order to say so. */
async function assertEnded(
  attempt: Promise<unknown>,
  type: FailureType,
): Promise<ApplicationFailure> {
  const failure: unknown = await attempt.then(
    () => assert.fail('the attempt succeeds'),
    (error: unknown) => error,
  );
  assert.ok(failure instanceof ApplicationFailure, String(failure));
  assert.equal(failure.type, type);
  return failure;
}

test('that WeChat does not know the order is brought to it', async () => {
  const key = { ...(await rented.serve()), out_order_no: newNumber() };
  assert.equal(await look(key, 2, 1_000), null);
});

test('that WeChat is not proven not to know the order is looked at again', async () => {
  const key = { ...(await rented.serve()), out_order_no: newNumber() };
  await rented.control.planFault({ fault: 'refused-unsigned', refusal: 'orderNotFound' });
  await assertLater(look(key, 2, 1_000), 60_000);
});

test('a proven refusal of the query is brought to the order, with WeChat’s words', async () => {
  const key = { ...(await rented.bill()), service_id: '1' };
  const failure = await assertEnded(look(key, 2, 1_000), 'Refused');
  const [refusal] = (failure.details ?? []) as Refusal[];
  assert.ok(refusal && refusal.message.length > 0);
});

test('a refusal that is not proven is looked at again', async () => {
  const key = await rented.bill();
  await rented.control.planFault({ fault: 'refused-unsigned', refusal: 'noPermission' });
  await assertLater(look(key, 2, 1_000), 60_000);
});

test('keys that WeChat does not accept end the polling', async () => {
  const key = await rented.bill();
  await rented.control.planFault({ fault: 'refused', refusal: 'signature' });
  await assertEnded(look(key, 2, 1_000), 'Misconfigured');
});

test('too many calls are looked at again', async () => {
  const key = await rented.bill();
  await rented.control.planFault({ call: 'query', fault: 'throttled' });
  await assertLater(look(key, 2, 1_000), 60_000);
});

test('what nobody can read is brought to the order', async () => {
  const { control, user } = rented;
  await control.setBehaviour(user.openid, { creation: 'stays_created' });
  const key = await rented.serve();
  await control.setBehaviour(user.openid, { creation: 'passes' });
  assert.equal((await look(key, 2, 1_000))?.state, 'CREATED');
});

test('an order that is still in service is looked at again', async () => {
  await assertLater(look(await rented.serve(), 2, 1_000), 60_000);
});

test('the delays of attempts spread', async () => {
  const key = await rented.serve();
  const next = async () => Number((await assertLater(look(key, 1), 1_000)).nextRetryDelay);
  const delays = await Promise.all(Array.from({ length: 20 }, next));
  assert.ok(new Set(delays).size > 3);
});
