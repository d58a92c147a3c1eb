/** Requests about users' authorizations, and what WeChat says of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  Agreement,
  Authorization,
  AuthorizationEvent,
  PrepareAuthorization,
  QueryAuthorization,
  TerminateAuthorization,
} from '../../schemas/authorization.ts';
import { faultsOf, FORBIDDEN_TEXTS } from './faults.ts';

const BOTH = ['/authorization_code', '/openid'];
const byOpenid = { openid: 'oUser-1' };
const byCode = { authorization_code: 'A_b-1' };

test('a question names the user or the code', () => {
  assert.deepEqual(QueryAuthorization.parse(byOpenid), { of: byOpenid, named: {} });
  assert.deepEqual(QueryAuthorization.parse(byCode), { of: byCode, named: {} });
});

test('a termination says which authorization, and why', () => {
  const reason = '用户注销';
  assert.deepEqual(TerminateAuthorization.parse({ ...byOpenid, reason }), {
    of: byOpenid,
    named: {},
    reason,
  });
  assert.deepEqual(TerminateAuthorization.parse({ ...byCode, reason }), {
    of: byCode,
    named: {},
    reason,
  });
});

test('any of them may name the service that it is about', () => {
  const named = { appid: 'wx1', service_id: '500' };
  assert.deepEqual(QueryAuthorization.parse({ ...byOpenid, ...named }), { of: byOpenid, named });
  assert.deepEqual(PrepareAuthorization.parse({ ...byCode, ...named }), { ...byCode, ...named });
  assert.deepEqual(
    TerminateAuthorization.parse({ ...byCode, service_id: '500', reason: 'r' }).named,
    { service_id: '500' },
  );
  assert.deepEqual(faultsOf(QueryAuthorization, { ...byOpenid, appid: 7, service_id: null }), [
    '/appid',
    '/service_id',
  ]);
});

for (const [what, body] of Object.entries({ both: { ...byOpenid, ...byCode }, neither: {} })) {
  test(`finds fault with ${what} of openid and code, at both`, () => {
    assert.deepEqual(faultsOf(QueryAuthorization, body), BOTH);
    assert.deepEqual(faultsOf(TerminateAuthorization, { ...body, reason: 'r' }), BOTH);
  });
}

test('finds every fault of a termination at once', () => {
  assert.deepEqual(faultsOf(TerminateAuthorization, {}), [...BOTH, '/reason']);
  assert.deepEqual(faultsOf(TerminateAuthorization, { ...byOpenid, ...byCode, reason: 7, a: 1 }), [
    '/a',
    ...BOTH,
    '/reason',
  ]);
});

for (const openid of ['', 'o'.repeat(129), 'o/1', 'o 1', 7, null]) {
  test(`does not take ${JSON.stringify(openid).slice(0, 12)} for an openid`, () => {
    assert.deepEqual(faultsOf(QueryAuthorization, { openid }), ['/openid']);
  });
}

test('takes codes of 1 to 32 characters', () => {
  for (const authorization_code of ['a', 'Z'.repeat(32), '0_-']) {
    assert.deepEqual(faultsOf(PrepareAuthorization, { authorization_code }), []);
  }
});

for (const authorization_code of ['', 'a'.repeat(33), 'a|b', 'a*b', 'a/b', '码', 7, null]) {
  test(`does not take ${JSON.stringify(authorization_code).slice(0, 12)} for a code`, () => {
    const faulty = ['/authorization_code'];
    assert.deepEqual(faultsOf(PrepareAuthorization, { authorization_code }), faulty);
    assert.deepEqual(faultsOf(QueryAuthorization, { authorization_code }), faulty);
  });
}

test('wants a code to prepare, and nothing else', () => {
  assert.deepEqual(faultsOf(PrepareAuthorization, {}), ['/authorization_code']);
  assert.deepEqual(faultsOf(PrepareAuthorization, { ...byCode, openid: 'o1' }), ['/openid']);
});

test('takes a reason of 50 characters', () => {
  assert.deepEqual(faultsOf(TerminateAuthorization, { ...byCode, reason: '因'.repeat(50) }), []);
});

for (const [what, reason] of Object.entries({
  ...FORBIDDEN_TEXTS,
  '51 characters': '因'.repeat(51),
  null: null,
})) {
  test(`does not take ${what} for a reason`, () => {
    assert.deepEqual(faultsOf(TerminateAuthorization, { ...byCode, reason }), ['/reason']);
  });
}

for (const body of [undefined, null, 7, 'text', []]) {
  test(`does not take ${JSON.stringify(body)} for a question`, () => {
    assert.deepEqual(faultsOf(QueryAuthorization, body), ['']);
  });
}

/** As WeChat would write it: every field, empty text for nothing. */
const said = {
  appid: 'wx1',
  authorization_code: 'A1',
  authorization_state: 'AVAILABLE',
  authorization_success_time: '2026-10-01T12:00:00+08:00',
  cancel_authorization_time: '',
  mchid: '1900000001',
  notify_url: 'https://a.test/open',
  openid: 'oUser-1',
  service_id: '2002',
  user_risk_level: 1,
};

test('what WeChat says is passed on without the openid and without empty fields, by openid', () => {
  const {
    openid: _1,
    notify_url: _2,
    user_risk_level: _3,
    cancel_authorization_time: _4,
    ...rest
  } = said;
  assert.deepEqual(JSON.parse(JSON.stringify(Authorization.parse(said))), rest);
});

test('by code, the user and the address are part of the answer', () => {
  const { openid, notify_url } = Agreement.parse(said);
  assert.deepEqual([openid, notify_url], [said.openid, said.notify_url]);
});

test('an answer needs no more than a state', () => {
  assert.deepEqual(faultsOf(Agreement, { authorization_state: 'A_NEW_STATE' }), []);
  assert.deepEqual(faultsOf(Agreement, {}), ['/authorization_state']);
  assert.deepEqual(faultsOf(Agreement, { ...said, mchid: 7 }), ['/mchid']);
});

test('an event is about an order when its code could be the number of one', () => {
  assert.deepEqual(faultsOf(AuthorizationEvent, said), []);
  for (const authorization_code of [undefined, '', 'a|b', 7]) {
    assert.deepEqual(faultsOf(AuthorizationEvent, { ...said, authorization_code }), [
      '/authorization_code',
    ]);
  }
});

const timeOf = (openorclose_time: unknown) =>
  AuthorizationEvent.parse({
    ...{ mchid: '1900000001', authorization_code: 'R1', openid: 'oUser' },
    openorclose_time,
  });

test('an event may say when the authorization changed, and says no more than is needed', () => {
  const { openorclose_time, ...rest } = timeOf('20261001120000');
  assert.equal(openorclose_time, '20261001120000');
  assert.deepEqual(rest, { mchid: '1900000001', authorization_code: 'R1' });
  for (const nothing of [undefined, '']) {
    assert.equal(timeOf(nothing).openorclose_time, undefined);
  }
});

test('an event whose time cannot be read is one all the same', () => {
  for (const odd of [null, 20261001120000, {}, []]) {
    assert.equal(timeOf(odd).openorclose_time, undefined);
  }
});
