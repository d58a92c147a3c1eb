/** What a test's stack is held to: that nothing is answered which the document does not have. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ORDER } from '../../../api/openapi/examples.ts';
import { eventFaultsOf, faultsOf, type Exchange } from '../../support/documented.ts';

const path = '/v1/service-orders/R1';
const worded = { 'content-language': 'en', vary: 'Accept-Language' };
const json = { ...worded, 'content-type': 'application/json; charset=utf-8' };
const right: Exchange = {
  ...{ method: 'GET', path, status: 200, headers: json },
  body: JSON.stringify(ORDER),
};
const problem = (kind: string, status: number, title: string) =>
  JSON.stringify({ type: `urn:payscore-orders:${kind}`, title, status, detail: 'd' });
const UTC = new Date(0).toISOString();
const sent = { ...worded, 'content-type': 'application/problem+json; charset=utf-8' };

describe('an answer', () => {
  for (const [what, exchange] of Object.entries<Exchange>({
    'as it is documented': right,
    'to a path in capitals': { ...right, path: '/V1/Service-Orders/R1' },
    'in Chinese': { ...right, headers: { ...json, 'content-language': 'zh' } },
    'of a problem in Chinese': {
      ...{ ...right, status: 404, headers: sent },
      body: problem('not-found', 404, '没有此订单'),
    },
    'of a problem': {
      ...{ ...right, status: 404, headers: sent },
      body: problem('not-found', 404, 'There is no such order'),
    },
    'that there is no such route': {
      ...{ ...right, path: '/v2', status: 404, headers: sent },
      body: problem('no-such-route', 404, 'There is no such route'),
    },
  })) {
    it(`${what} is in order`, () => assert.deepEqual(faultsOf(exchange), []));
  }

  for (const [what, exchange] of Object.entries<Exchange>({
    'a field': { ...right, body: JSON.stringify({ ...ORDER, surprise: 1 }) },
    'a field of a field': {
      ...right,
      body: JSON.stringify({ ...ORDER, time_range: { start_time: '20261128', surprise: 1 } }),
    },
    'a value': { ...right, body: JSON.stringify({ ...ORDER, phase: 'lost' }) },
    'a time in UTC': { ...right, body: JSON.stringify({ ...ORDER, completed_at: UTC }) },
    'a status': { ...right, status: 418 },
    'a title': {
      ...{ ...right, status: 404, headers: sent },
      body: problem('not-found', 404, 'There is no such refund'),
    },
    'a kind of problem': {
      ...{ ...right, status: 404, headers: sent },
      body: problem('no-such-finding', 404, 'There is no such finding'),
    },
    'a type of content': { ...right, headers: { ...worded, 'content-type': 'text/html' } },
    'a header': { ...right, headers: { ...json, 'idempotency-replayed': 'true' } },
    'a route': { ...right, path: '/v1/secrets' },
    'a method': { ...right, method: 'DELETE' },
  })) {
    it(`with ${what} that is not documented is a fault`, () => {
      assert.equal(faultsOf(exchange).length, 1, String(faultsOf(exchange)));
    });
  }

  it('that does not say in which language it is is a fault', () => {
    const { 'content-language': _language, ...headers } = json;
    assert.equal(faultsOf({ ...right, headers }).length, 1);
  });

  it('that lacks a field is a fault', () => {
    const { operations: _operations, ...rest } = ORDER;
    assert.equal(faultsOf({ ...right, body: JSON.stringify(rest) }).length, 1);
  });
});

describe('an event', () => {
  const { out_order_no, phase } = ORDER;
  const event = {
    ...{ type: 'service_order.paid', timestamp: '2026-11-28T20:00:05+08:00', sequence: 1 },
    data: { out_order_no, phase, order: ORDER },
  };

  it('as it is documented has no fault', () => {
    assert.deepEqual(eventFaultsOf(event), []);
  });

  for (const [what, other] of Object.entries<object>({
    'a type': { ...event, type: 'service_order.creating' },
    'a time in UTC': { ...event, timestamp: '2026-11-28T12:00:05Z' },
    'a field': { ...event, surprise: 1 },
    'a field of the order': { ...event, data: { ...event.data, order: { ...ORDER, surprise: 1 } } },
  })) {
    it(`with ${what} that is not documented has one`, () => {
      assert.notEqual(eventFaultsOf(other).length, 0);
    });
  }
});
