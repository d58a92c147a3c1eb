/** The activities about authorizations without an order, against the simulator. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import { createAuthorizationActivities } from '../../activities/authorization.ts';
import type { AuthorizationKey } from '../../schemas/one-shot.ts';
import type { AuthorizationOf } from '../../schemas/authorization.ts';
import { createControl, type Control } from '../../simulator/control.ts';
import type { Simulator } from '../../simulator/create.ts';
import { startTestSimulator } from '../support/simulator.ts';
import type { WechatpayClient } from '../../wechatpay/client.ts';
import { clientOf } from '../support/merchant.ts';
import { newNumber, newOpenid } from '../support/orders.ts';
import { answer, startWechat } from '../wechatpay/wechat-server.ts';

let simulator: Simulator;
let wechatpay: WechatpayClient;
let control: Control;
let activities: ReturnType<typeof createAuthorizationActivities>;
before(async () => {
  simulator = await startTestSimulator();
  wechatpay = clientOf(simulator.merchant);
  control = createControl(simulator.url);
  activities = createAuthorizationActivities(wechatpay);
});
after(async () => {
  await wechatpay.close();
  await simulator.stop();
});

function key(of: AuthorizationOf): AuthorizationKey {
  const { appid, service_id } = simulator.merchant;
  return { of, appid, service_id };
}

const notify_url = 'http://127.0.0.1:9/notify';

/** A user who has agreed under a new code. */
async function agree() {
  const { appid, service_id } = simulator.merchant;
  const [authorization_code, openid] = [newNumber(), newOpenid()];
  const preparation = { appid, service_id, authorization_code, notify_url };
  const prepared = await activities.prepareAuthorization(preparation);
  await control.authoriseByToken(prepared.apply_permissions_token, openid);
  return { authorization_code, openid, prepared };
}

async function failureOfCall(call: Promise<unknown>): Promise<ApplicationFailure> {
  const failure: unknown = await call.then(
    () => assert.fail('the activity succeeds'),
    (error: unknown) => error,
  );
  assert.ok(failure instanceof ApplicationFailure, String(failure));
  return failure;
}

test('reads an authorization by openid without the openid, by code with it', async () => {
  const { authorization_code, openid } = await agree();
  const { appid, service_id, mchid } = simulator.merchant;
  const facts = { appid, service_id, mchid, authorization_code, authorization_state: 'AVAILABLE' };
  const byOpenid = await activities.getAuthorization(key({ openid }));
  const { authorization_success_time } = byOpenid;
  assert.ok(authorization_success_time);
  const written = (value: object) => JSON.parse(JSON.stringify(value));
  assert.deepEqual(written(byOpenid), { ...facts, authorization_success_time });
  const byCode = await activities.getAuthorization(key({ authorization_code }));
  assert.deepEqual(written(byCode), { ...facts, authorization_success_time, openid, notify_url });
});

test('whether an authorization stands is read without anything else', async () => {
  const { authorization_code, openid } = await agree();
  for (const of of [{ openid }, { authorization_code }]) {
    assert.deepEqual(await activities.getAuthorizationState(key(of)), {
      authorization_state: 'AVAILABLE',
    });
  }
});

test('a token is said to live for an hour from before it was asked for', async () => {
  const asked = Date.now();
  const { prepared } = await agree();
  const lives = Date.parse(prepared.expires_at) - asked;
  assert.ok(lives >= 3_600_000 && lives < 3_600_000 + 1_000, `${lives} ms`);
});

for (const way of ['openid', 'authorization_code'] as const) {
  test(`terminates by ${way}`, async () => {
    const agreed = await agree();
    const of = way === 'openid' ? { openid: agreed.openid } : { authorization_code: agreed[way] };
    await activities.terminateAuthorization({ ...key(of), reason: '用户注销' });
    const { authorization_state } = await activities.getAuthorizationState(key(of));
    assert.equal(authorization_state, 'UNAVAILABLE');
  });
}

test('a code that WeChat does not know is NotFound, for every call', async () => {
  const unknown = key({ authorization_code: newNumber() });
  for (const call of [
    activities.getAuthorization(unknown),
    activities.getAuthorizationState(unknown),
    activities.terminateAuthorization({ ...unknown, reason: 'r' }),
  ]) {
    assert.equal((await failureOfCall(call)).type, 'NotFound');
  }
});

test('a termination that nobody is proven to have answered is Unknown', async (t) => {
  const unproven = answer(204, '', { 'wechatpay-nonce': 'other' });
  const { client } = await startWechat(t, unproven);
  const other = createAuthorizationActivities(client);
  const termination = { of: { openid: 'oUser' }, appid: 'wx1', service_id: '2', reason: 'r' };
  assert.equal((await failureOfCall(other.terminateAuthorization(termination))).type, 'Unknown');
});

test('a pre-permission without a token is Unknown', async (t) => {
  const { client } = await startWechat(t, answer(200, '{"apply_permissions_token":""}'));
  const preparation = { appid: 'wx1', service_id: '2', authorization_code: 'A1', notify_url };
  const call = createAuthorizationActivities(client).prepareAuthorization(preparation);
  assert.equal((await failureOfCall(call)).type, 'Unknown');
});

test('no failure shows an openid', async (t) => {
  const openid = newOpenid();
  const refusal = JSON.stringify({ code: 'PARAM_ERROR', message: `bad: ${openid}` });
  const { client } = await startWechat(t, answer(400, refusal));
  const other = createAuthorizationActivities(client);
  const of = { ...key({ openid }), reason: 'r' };
  for (const call of [other.getAuthorization(of), other.terminateAuthorization(of)]) {
    const failure = await failureOfCall(call);
    assert.equal(failure.type, 'Refused');
    assert.ok(!`${failure.message} ${JSON.stringify(failure)}`.includes(openid));
  }
});
