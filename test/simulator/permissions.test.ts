/** Permissions: prepared, authorised, read, terminated, by openid and by authorization code. */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { shareSimulator } from './merchant.ts';

const { simulator, control, merchant } = await shareSimulator();
let count = 0;

afterEach(() => control.resetPolicies());

/** A new code, and a new user who authorised under it. */
async function agree() {
  const code = `code-${++count}`;
  const openid = `ou-${count}`;
  const { json } = await merchant.prepare(code, { notify_url: 'https://a.test/open' });
  await control.authoriseByToken(json.apply_permissions_token, openid);
  return { code, openid };
}

async function tokenOf(code: string): Promise<string> {
  return (await merchant.prepare(code)).json.apply_permissions_token;
}

test('answers a pre-permission with a token and nothing else', async () => {
  const got = await merchant.prepare('A_b-1|*');
  assert.equal(got.status, 200);
  assert.deepEqual(Object.keys(got.json), ['apply_permissions_token']);
  const { length } = got.json.apply_permissions_token;
  assert.ok(length > 0 && length <= 300);
});

const fields: [rule: string, change: object, field: string][] = [
  ['a missing code', { authorization_code: undefined }, '/authorization_code'],
  ['a code of 33 characters', { authorization_code: 'a'.repeat(33) }, '/authorization_code'],
  ['a code outside the alphabet', { authorization_code: 'a/b' }, '/authorization_code'],
  ['null', { notify_url: null }, '/notify_url'],
  ['an address without a path', { notify_url: 'http://www.qq.com' }, '/notify_url'],
  [
    'an address of 256 characters',
    { notify_url: `https://a.test/${'p'.repeat(241)}` },
    '/notify_url',
  ],
  ['a missing appid', { appid: undefined }, '/appid'],
  ['a missing service_id', { service_id: undefined }, '/service_id'],
];
for (const [rule, change, field] of fields) {
  test(`refuses ${rule} at a pre-permission and points at it`, async () => {
    const { json } = await merchant.prepare('F1', change);
    assert.deepEqual([json.code, json.detail.field], ['PARAM_ERROR', field]);
  });
}

test('takes an address of 255 characters', async () => {
  const notify_url = `https://a.test/${'p'.repeat(240)}`;
  assert.equal((await merchant.prepare('F2', { notify_url })).status, 200);
});

test('refuses a pre-permission for another service or application', async () => {
  const other = await merchant.prepare('F3', { service_id: '500001' });
  assert.deepEqual([other.status, other.json.message], [403, '商户暂无权限使用此服务']);
  assert.equal(
    (await merchant.prepare('F3', { appid: 'wx0' })).json.message,
    'mch_id和appid未绑定',
  );
});

test('shows a prepared code as UNBINDUSER, without a user, with its address', async () => {
  await merchant.prepare('U1', { notify_url: 'https://a.test/open' });
  const { json } = await merchant.agreement('U1');
  const { mchid } = simulator.merchant;
  assert.deepEqual(json, {
    ...merchant.identity,
    mchid,
    authorization_code: 'U1',
    authorization_state: 'UNBINDUSER',
    notify_url: 'https://a.test/open',
  });
});

test('shows who authorised under a code and when, by code and by openid, but the address only by code', async () => {
  const { code, openid } = await agree();
  const byCode = (await merchant.agreement(code)).json;
  assert.match(byCode.authorization_success_time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
  assert.deepEqual(byCode, {
    ...merchant.identity,
    mchid: simulator.merchant.mchid,
    openid,
    authorization_code: code,
    authorization_state: 'AVAILABLE',
    authorization_success_time: byCode.authorization_success_time,
    notify_url: 'https://a.test/open',
  });
  const { notify_url: _address, ...byOpenid } = byCode;
  assert.deepEqual((await merchant.permission(openid)).json, byOpenid);
});

test('shows a revoked permission as UNAVAILABLE by code too', async () => {
  const { code, openid } = await agree();
  await control.revoke(openid);
  const { json } = await merchant.agreement(code);
  assert.deepEqual([json.authorization_state, json.openid], ['UNAVAILABLE', openid]);
  assert.match(json.cancel_authorization_time, /\+08:00$/);
});

test('answers 404 to a code that was never prepared, and 400 to one that cannot be', async () => {
  const got = await merchant.agreement('never');
  assert.deepEqual([got.status, got.json.code], [404, 'RESOURCE_NOT_EXISTS']);
  const bad = (await merchant.agreement('a%2Fb')).json;
  assert.deepEqual([bad.detail.field, bad.detail.location], ['authorization_code', 'url']);
});

test('opens the authorisation page for an hour and not longer', async () => {
  const token = await tokenOf('H1');
  merchant.pass(3599);
  await control.authoriseByToken(token, 'ou-in-time');
  const late = await tokenOf('H2');
  merchant.pass(3600);
  await assert.rejects(control.authoriseByToken(late, 'ou-late'), {
    status: 409,
    message: /expired/,
  });
  await assert.rejects(control.authoriseByToken('nonsense', 'ou-late'), { status: 404 });
  assert.equal((await merchant.agreement('H2')).json.authorization_state, 'UNBINDUSER');
});

test('binds a code to its first user for ever', async () => {
  const token = await tokenOf('B1');
  await control.authoriseByToken(token, 'ou-first');
  await assert.rejects(control.authoriseByToken(token, 'ou-second'), {
    status: 409,
    message: /bound/,
  });
  await control.revoke('ou-first');
  const again = await tokenOf('B1');
  await assert.rejects(control.authoriseByToken(again, 'ou-second'), { status: 409 });
  await control.authoriseByToken(again, 'ou-first');
  assert.equal((await merchant.agreement('B1')).json.authorization_state, 'AVAILABLE');
});

test('lets a newer code take the place of an older one of the same user', async () => {
  await control.authoriseByToken(await tokenOf('N1'), 'ou-two-codes');
  await control.authoriseByToken(await tokenOf('N2'), 'ou-two-codes');
  assert.equal((await merchant.agreement('N1')).json.authorization_state, 'UNAVAILABLE');
  const { json } = await merchant.permission('ou-two-codes');
  assert.deepEqual([json.authorization_state, json.authorization_code], ['AVAILABLE', 'N2']);
});

for (const code of ['N3', undefined]) {
  test(`leaves a user who authorised under ${code ?? 'no code'} alone, where another page does so`, async () => {
    const openid = `ou-stays-${code}`;
    if (code === undefined) await control.authorise(openid);
    else await control.authoriseByToken(await tokenOf(code), openid);
    await control.setPolicies({ authorised_page: 'stays' });
    const before = await merchant.permission(openid);
    const token = await tokenOf(`other-${code}`);
    assert.deepEqual(await control.authoriseByToken(token, openid), before.json);
    assert.equal((await merchant.permission(openid)).text, before.text);
    const other = (await merchant.agreement(`other-${code}`)).json;
    assert.deepEqual([other.authorization_state, other.openid], ['UNBINDUSER', undefined]);

    await control.revoke(openid);
    await control.authoriseByToken(token, openid);
    assert.equal((await merchant.agreement(`other-${code}`)).json.authorization_state, 'AVAILABLE');
  });
}

test('tells when a user revoked, also where it does not tell when that one authorised', async () => {
  const { code, openid } = await agree();
  const { authorization_success_time } = await control.revoke(openid);
  assert.ok(authorization_success_time, 'people know');
  await control.setPolicies({ authorization_times: 'absent' });
  for (const { json } of [await merchant.permission(openid), await merchant.agreement(code)]) {
    assert.equal(json.authorization_success_time, undefined);
    assert.match(json.cancel_authorization_time, /\+08:00$/);
  }
});

test('forgets the code when the user comes back without one', async () => {
  const { code, openid } = await agree();
  await control.revoke(openid);
  await control.authorise(openid);
  assert.equal((await merchant.permission(openid)).json.authorization_code, undefined);
  assert.equal((await merchant.agreement(code)).json.authorization_state, 'UNAVAILABLE');
});

test('gives a code that nobody holds a fresh token; the older one stays good', async () => {
  const first = await tokenOf('R1');
  const second = await tokenOf('R1');
  assert.notEqual(first, second);
  await control.authoriseByToken(first, 'ou-retried');
});

test('terminates by openid and by code with a signed 204 without a body', async () => {
  const one = await agree();
  const byOpenid = await merchant.terminate(one.openid);
  assert.deepEqual([byOpenid.status, byOpenid.text], [204, '']);
  assert.match(byOpenid.headers.get('Request-ID') ?? '', /-0$/);
  assert.equal((await merchant.agreement(one.code)).json.authorization_state, 'UNAVAILABLE');
  const other = await agree();
  assert.equal((await merchant.terminateCode(other.code)).status, 204);
  assert.equal((await merchant.permission(other.openid)).json.authorization_state, 'UNAVAILABLE');
});

test('refuses to terminate while an order is unfinished, and does so when it is finished', async () => {
  const { openid, code } = await agree();
  await merchant.serve('T1', { openid });
  for (const got of [await merchant.terminate(openid), await merchant.terminateCode(code)]) {
    assert.deepEqual([got.status, got.json.message], [400, '存在未完成订单']);
  }
  await merchant.complete('T1', merchant.completeBody());
  assert.equal((await merchant.terminate(openid)).json.message, '存在未完成订单');
  await control.pay('T1');
  assert.equal((await merchant.terminate(openid)).status, 204);
});

test('does not let the orders of others hinder a termination', async () => {
  const { openid } = await agree();
  const other = await agree();
  await merchant.serve('T2', { openid: other.openid });
  assert.equal((await merchant.terminate(openid)).status, 204);
});

test('refuses to terminate what nobody authorised', async () => {
  const never = await merchant.terminate('ou-never');
  assert.deepEqual([never.status, never.json.code], [400, 'INVALID_REQUEST']);
  assert.equal((await merchant.terminateCode('T-none')).json.code, 'RESOURCE_NOT_EXISTS');
  await merchant.prepare('T-unbound');
  assert.equal((await merchant.terminateCode('T-unbound')).json.message, '用户未授权此服务');
});

test('does not terminate a permission by a code that it has left behind', async () => {
  await control.authoriseByToken(await tokenOf('L1'), 'ou-moved');
  await control.authoriseByToken(await tokenOf('L2'), 'ou-moved');
  assert.equal((await merchant.terminateCode('L1')).status, 400);
  assert.equal((await merchant.permission('ou-moved')).json.authorization_state, 'AVAILABLE');
});

const reasons: [rule: string, reason: string | undefined, status: number][] = [
  ['no reason', undefined, 400],
  ['an empty reason', '', 400],
  ['a reason of 50 characters', '因'.repeat(50), 204],
  ['a reason of 51 characters', '因'.repeat(51), 400],
];
for (const [rule, reason, status] of reasons) {
  test(`answers ${status} to a termination with ${rule}`, async () => {
    const one = await agree();
    assert.equal((await merchant.terminate(one.openid, { reason })).status, status);
    const other = await agree();
    assert.equal((await merchant.terminateCode(other.code, { reason })).status, status);
  });
}

test('wants appid to terminate by openid, but not by code', async () => {
  const { openid } = await agree();
  const got = await merchant.terminate(openid, { appid: undefined });
  assert.equal(got.json.detail.field, '/appid');
  assert.equal(
    (await merchant.terminateCode('x', { service_id: undefined })).json.detail.field,
    '/service_id',
  );
});

test('after a revocation refuses new orders, and lets old ones be completed and charged', async () => {
  const { openid } = await agree();
  await merchant.serve('V1', { openid });
  await control.revoke(openid);
  const fresh = await merchant.create(merchant.createBody('V2', { openid }));
  assert.deepEqual([fresh.status, fresh.json.code], [403, 'NO_AUTH']);
  assert.equal((await merchant.complete('V1', merchant.completeBody())).status, 200);
  await control.pay('V1');
  assert.equal((await merchant.query('V1')).json.collection.state, 'USER_PAID');
});
