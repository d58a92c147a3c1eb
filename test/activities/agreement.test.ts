/** Whether the user of an order has authorised under the order's own code: against the simulator, and a WeChat Pay that answers as it likes. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import { askAgreement, toldOf, type AgreementKey } from '../../activities/agreement.ts';
import { createAuthorizationActivities } from '../../activities/authorization.ts';
import { newNumber, newOpenid } from '../support/orders.ts';
import { answer, startWechat, unsigned, type Answering } from '../wechatpay/wechat-server.ts';
import { openRental, type Rented } from './rented.ts';

let rented: Rented;
before(async () => (rented = await openRental()));
after(() => rented.stop());

const UNAVAILABLE = { authorization_state: 'UNAVAILABLE' };

/** An order whose user has been invited under its number. */
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
  return {
    key,
    agree: (user = openid) =>
      rented.control.authoriseByToken(prepared.apply_permissions_token, user),
  };
}
const ask = (key: AgreementKey) => rented.activities.getAgreement(key);

test('a user who authorises for his order is found under its number, with the moment', async () => {
  const { key, agree } = await invite();
  assert.notEqual((await ask(key)).authorization_state, 'AVAILABLE');
  await agree();
  const { authorization_success_time = '', ...state } = await ask(key);
  assert.deepEqual(state, { authorization_state: 'AVAILABLE' });
  assert.ok(Number.isFinite(Date.parse(authorization_success_time)));
});

test('a code that WeChat does not know is nobody’s', async () => {
  const { key } = await invite();
  assert.deepEqual(await ask({ ...key, authorization_code: newNumber() }), UNAVAILABLE);
});

test('an agreement of somebody else’s is none of this order’s', async () => {
  const { key, agree } = await invite();
  await agree(newOpenid());
  assert.deepEqual(await ask(key), UNAVAILABLE);
});

test('a user who has authorised in another way has not authorised for this order', async () => {
  const { key } = await invite();
  await rented.control.authorise(key.openid);
  assert.notEqual((await ask(key)).authorization_state, 'AVAILABLE');
});

test('a user who has ended the authorization is not authorised any more', async () => {
  const { key, agree } = await invite();
  await agree();
  await rented.control.revoke(key.openid);
  assert.equal((await ask(key)).authorization_state, 'UNAVAILABLE');
});

const key: AgreementKey = {
  ...{ authorization_code: 'R1', openid: 'oOwn', appid: 'wx1', service_id: '2' },
};
const BY_CODE = '/v3/payscore/permissions/authorization-code/R1?service_id=2';
const BY_OPENID = '/v3/payscore/permissions/openid/oOwn?service_id=2&appid=wx1';
const said = (fields: object) => answer(200, JSON.stringify(fields));

/** Answers each way of asking in its own way. */
const ways =
  (byCode: Answering, byOpenid: Answering): Answering =>
  (res, received) =>
    (received.target === BY_CODE ? byCode : byOpenid)(res, received);
const since = '2026-10-01T12:00:00+08:00';
const AVAILABLE = { authorization_state: 'AVAILABLE' };
const never: Answering = () => assert.fail('asked in vain');

// what WeChat says by code and by openid, what is told, how often it is asked
for (const [what, byCode, byOpenid, told, asked] of [
  ['is the user’s own', said({ ...AVAILABLE, openid: 'oOwn' }), never, AVAILABLE, 1],
  ['is somebody else’s', said({ ...AVAILABLE, openid: 'oOther' }), never, UNAVAILABLE, 1],
  [
    'names nobody, of a user who is authorised',
    said({ ...AVAILABLE, authorization_success_time: since }),
    said(AVAILABLE),
    { ...AVAILABLE, authorization_success_time: since },
    2,
  ],
  ['names nobody, of a user who is not', said(AVAILABLE), said(UNAVAILABLE), UNAVAILABLE, 2],
  [
    'has an empty name, of a user who is not',
    said({ ...AVAILABLE, openid: '' }),
    said(UNAVAILABLE),
    UNAVAILABLE,
    2,
  ],
  ['is not available', said({ ...UNAVAILABLE, openid: 'oOwn' }), never, UNAVAILABLE, 1],
  [
    'is prepared and bound to nobody',
    said({ authorization_state: 'UNBINDUSER' }),
    never,
    { authorization_state: 'UNBINDUSER' },
    1,
  ],
  [
    'is in a state that nobody knows',
    said({ authorization_state: 'PAUSED' }),
    never,
    { authorization_state: 'PAUSED' },
    1,
  ],
  [
    'WeChat does not know',
    answer(404, '{"code":"RESOURCE_NOT_EXISTS","message":"x"}'),
    never,
    UNAVAILABLE,
    1,
  ],
] as const) {
  test(`an agreement that ${what} tells ${told.authorization_state}`, async (t) => {
    const { client, requests } = await startWechat(t, ways(byCode, byOpenid));
    assert.deepEqual(await askAgreement(client, key), told);
    const targets = requests.map(({ target }) => target);
    assert.deepEqual(targets, [BY_CODE, BY_OPENID].slice(0, asked));
  });
}

for (const [what, byCode, type] of [
  ['is unsigned', unsigned(404, '{"code":"RESOURCE_NOT_EXISTS","message":"x"}'), 'Unknown'],
  ['is a 500', answer(500, '{"code":"SYSTEM_ERROR","message":"x"}'), 'Unknown'],
  ['is a 401', answer(401, '{"code":"SIGN_ERROR","message":"x"}'), 'Misconfigured'],
  ['is a 403', answer(403, '{"code":"NO_AUTH","message":"x"}'), 'Refused'],
  ['is a 404 of another kind', answer(404, '{"code":"UNHEARD_OF","message":"x"}'), 'Refused'],
  ['is a 429', answer(429, '{"code":"RATELIMIT_EXCEEDED","message":"x"}'), 'Throttled'],
  ['says no state', answer(200, '{}'), 'Unknown'],
] as const) {
  test(`an answer that ${what} does not say that nobody has authorised`, async (t) => {
    for (const answering of [ways(byCode, never), ways(said(AVAILABLE), byCode)]) {
      const { client } = await startWechat(t, answering);
      await assert.rejects(askAgreement(client, key), (error) => {
        assert.ok(error instanceof ApplicationFailure);
        assert.equal(error.type, type);
        assert.ok(!JSON.stringify(error).includes('oOwn') && !error.message.includes('oOwn'));
        return true;
      });
    }
  });
}

test('no more is told than orders need to know', () => {
  const full = { ...AVAILABLE, openid: 'oOwn', mchid: '1', authorization_success_time: since };
  assert.deepEqual(toldOf(full), { ...AVAILABLE, authorization_success_time: since });
  assert.deepEqual(toldOf({ ...full, authorization_success_time: undefined }), AVAILABLE);
});
