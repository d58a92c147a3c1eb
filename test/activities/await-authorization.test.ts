/** Looking, ever more rarely, whether the user of an order has authorised for it: against the simulator. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { AgreementKey, AgreementTold } from '../../activities/agreement.ts';
import { createAuthorizationActivities } from '../../activities/authorization.ts';
import { createAuthorizationPollActivities } from '../../activities/await-authorization.ts';
import { newNumber, newOpenid } from '../support/orders.ts';
import { openRental, type Rented } from './rented.ts';

let rented: Rented;
before(async () => (rented = await openRental()));
after(() => rented.stop());

const MINUTE_MS = 60_000;

async function look(key: AgreementKey, attempt: number, elapsedMs = 0) {
  const scheduledTimestampMs = Date.parse('2026-10-01T00:00:00Z');
  const environment = new MockActivityEnvironment({
    attempt,
    scheduledTimestampMs,
    currentAttemptScheduledTimestampMs: scheduledTimestampMs + elapsedMs,
  });
  const { awaitAuthorization } = createAuthorizationPollActivities({ wechatpay: rented.wechatpay });
  return await environment.run<[AgreementKey], AgreementTold, typeof awaitAuthorization>(
    awaitAuthorization,
    key,
  );
}

async function failureOf(attempt: Promise<unknown>): Promise<ApplicationFailure> {
  const failure: unknown = await attempt.then(
    () => assert.fail('the looking ends'),
    (error: unknown) => error,
  );
  assert.ok(failure instanceof ApplicationFailure, String(failure));
  return failure;
}

/** The failure by which an attempt asks for the next one, so many milliseconds later, ±10 %. */
async function assertLater(attempt: Promise<unknown>, delayMs: number) {
  const failure = await failureOf(attempt);
  assert.equal(failure.category, ApplicationFailureCategory.BENIGN);
  assert.equal(failure.nonRetryable, false);
  const next = Number(failure.nextRetryDelay);
  assert.ok(next >= 0.9 * delayMs && next <= 1.1 * delayMs, `${next} ms for ${delayMs} ms`);
  return failure;
}

async function invite() {
  const { appid, service_id } = rented.user;
  const [authorization_code, openid] = [newNumber(), newOpenid()];
  const notify_url = 'http://127.0.0.1:9/notify';
  const { prepareAuthorization } = createAuthorizationActivities(rented.wechatpay);
  const prepared = await prepareAuthorization({
    appid,
    service_id,
    authorization_code,
    notify_url,
  });
  const key: AgreementKey = { authorization_code, openid, appid, service_id };
  const token = prepared.apply_permissions_token;
  return { key, agree: (user = openid) => rented.control.authoriseByToken(token, user) };
}

test('the first attempt only waits, and asks WeChat nothing', async () => {
  const { key, agree } = await invite();
  await agree();
  const { control } = rented;
  await control.planFault({ fault: 'cut' });
  await assertLater(look(key, 1), MINUTE_MS);
  assert.equal((await control.faults()).faults.length, 1, 'a question would have met the fault');
  await control.clearFaults();
});

// the attempt, how long the looking has lasted, when it looks again
for (const [attempt, elapsedMs, delayMs] of [
  [2, MINUTE_MS, MINUTE_MS],
  [10, 9 * MINUTE_MS, MINUTE_MS],
  [11, 10 * MINUTE_MS, 5 * MINUTE_MS],
  [12, 15 * MINUTE_MS, 15 * MINUTE_MS],
  [13, 30 * MINUTE_MS, 30 * MINUTE_MS],
  [14, 60 * MINUTE_MS, 60 * MINUTE_MS],
  [500, 8 * 24 * 60 * MINUTE_MS, 60 * MINUTE_MS],
] as const) {
  test(`attempt ${attempt} finds no authorization, and looks again after ${delayMs / MINUTE_MS} min`, async () => {
    const { key } = await invite();
    const failure = await assertLater(look(key, attempt, elapsedMs), delayMs);
    assert.match(failure.message, /not authorised/);
  });
}

test('the second attempt finds the authorization, with the moment', async () => {
  const { key, agree } = await invite();
  await agree();
  const { authorization_state, authorization_success_time = '' } = await look(key, 2, MINUTE_MS);
  assert.equal(authorization_state, 'AVAILABLE');
  assert.ok(Number.isFinite(Date.parse(authorization_success_time)));
});

test('who authorises in another way, or in somebody else’s place, is waited for still', async () => {
  const [other, stranger] = [await invite(), await invite()];
  await rented.control.authorise(other.key.openid);
  await stranger.agree(newOpenid());
  for (const { key } of [other, stranger]) await assertLater(look(key, 2, MINUTE_MS), MINUTE_MS);
});

test('a code that WeChat does not know is looked for again', async () => {
  const { key } = await invite();
  await assertLater(look({ ...key, authorization_code: newNumber() }, 2, MINUTE_MS), MINUTE_MS);
});

for (const fault of ['cut', 'unsigned-502', 'bad-signature', 'throttled'] as const) {
  test(`an attempt that meets ${fault} tries again later, although the user has authorised`, async () => {
    const { key, agree } = await invite();
    await agree();
    await rented.control.planFault({ fault });
    await assertLater(look(key, 2, MINUTE_MS), MINUTE_MS);
    assert.equal((await look(key, 3, 2 * MINUTE_MS)).authorization_state, 'AVAILABLE');
  });
}

test('keys that WeChat does not accept end the looking', async () => {
  const { key } = await invite();
  await rented.control.planFault({ fault: 'refused', refusal: 'signature' });
  assert.equal((await failureOf(look(key, 2, MINUTE_MS))).type, 'Misconfigured');
});
