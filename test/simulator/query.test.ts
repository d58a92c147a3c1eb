/** Reading: orders by number, permissions by openid. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OPENID, shareSimulator, signedBy } from './merchant.ts';

const { simulator, control, merchant } = await shareSimulator();
await merchant.create(merchant.createBody('Q1', { attach: 'a%20b' }));

const get = (change: Record<string, string>) => {
  const query = new URLSearchParams({ ...merchant.identity, ...change });
  return merchant.send('GET', `/v3/payscore/serviceorder?${query.toString()}`);
};

test('shows openid, attach, notify_url and the amounts of an order', async () => {
  const { json } = await get({ out_order_no: 'Q1' });
  assert.equal(json.openid, OPENID);
  assert.equal(json.attach, 'a%20b');
  assert.equal(json.notify_url, 'http://127.0.0.1:9/notify');
  assert.equal(json.total_amount, 0);
  assert.equal(json.need_collection, true);
  assert.equal(json.said, undefined);
});

test('answers 404 ORDER_NOT_EXIST for an unknown number and an unknown query_id', async () => {
  for (const change of [{ out_order_no: 'none' }, { query_id: '15646546545165651651' }]) {
    const got = await get(change);
    assert.deepEqual([got.status, got.json.code], [404, 'ORDER_NOT_EXIST']);
  }
});

test('wants exactly one of out_order_no and query_id', async () => {
  const changes: Record<string, string>[] = [{}, { out_order_no: 'Q1', query_id: '1' }];
  for (const change of changes) {
    const got = await get(change);
    assert.equal(got.status, 400);
    const { location, value } = got.json.detail;
    assert.deepEqual([location, value], ['query', change['out_order_no'] ?? '']);
  }
});

test('refuses a repeated parameter', async () => {
  const target = `/v3/payscore/serviceorder?${new URLSearchParams(merchant.identity).toString()}`;
  const got = await merchant.send('GET', `${target}&out_order_no=Q1&out_order_no=Q2`);
  const { field, value } = got.json.detail;
  assert.deepEqual([got.status, field, value], [400, 'out_order_no', 'Q1, Q2']);
});

test('answers 404 ORDER_NOT_EXIST, signed, for a user who never authorised', async () => {
  const got = await merchant.permission('ou-never');
  assert.deepEqual([got.status, got.json.code], [404, 'ORDER_NOT_EXIST']);
  assert.equal(signedBy(got, simulator.merchant), simulator.merchant.public_key_id);
});

test('answers UNAVAILABLE without a time for a user who never authorised, where the policy says so', async () => {
  await control.setPolicies({ never_authorised: 'UNAVAILABLE' });
  const { status, json } = await merchant.permission('ou-never');
  await control.resetPolicies();
  assert.deepEqual([status, json.authorization_state], [200, 'UNAVAILABLE']);
  assert.equal(json.authorization_success_time, undefined);
});

for (const [permission, status, code] of [
  ['not_exist', 404, 'ORDER_NOT_EXIST'],
  ['system_error', 500, 'SYSTEM_ERROR'],
  ['no_auth', 403, 'NO_AUTH'],
] as const) {
  test(`answers ${status} for good about a user whose permission is ${permission}, although there is one`, async () => {
    await control.authorise('ou-behaviour');
    await control.setBehaviour('ou-behaviour', { permission });
    for (const time of ['first', 'second', 'third']) {
      const got = await merchant.permission('ou-behaviour');
      assert.deepEqual([got.status, got.json.code], [status, code], time);
    }
    await control.setBehaviour('ou-behaviour', { permission: 'told' });
    assert.equal((await merchant.permission('ou-behaviour')).json.authorization_state, 'AVAILABLE');
  });
}

test('answers AVAILABLE after an authorisation and UNAVAILABLE after a revocation, with their times', async () => {
  const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/;
  await control.authorise('ou-1');
  const authorised = (await merchant.permission('ou-1')).json;
  assert.equal(authorised.authorization_state, 'AVAILABLE');
  assert.match(authorised.authorization_success_time, rfc3339);
  await control.revoke('ou-1');
  const revoked = (await merchant.permission('ou-1')).json;
  assert.equal(revoked.authorization_state, 'UNAVAILABLE');
  assert.match(revoked.cancel_authorization_time, rfc3339);
});

test('keeps authorisations of different services apart', async () => {
  await control.authorise('ou-2', '20020000000000000000000000000001');
  assert.equal((await merchant.permission('ou-2')).status, 404);
});

test('refuses a permission query without appid', async () => {
  const { service_id } = merchant.identity;
  const path = `/v3/payscore/permissions/openid/${OPENID}?service_id=${service_id}`;
  const got = await merchant.send('GET', path);
  assert.deepEqual([got.status, got.json.detail.field], [400, 'appid']);
});
