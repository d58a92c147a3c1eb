/** How the run of an order is started, and what tells the same request from another one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import type { Temporal } from '../../temporal/client.ts';
import { digestOf, notedOf, startOf } from '../../temporal/opening.ts';
import { EN } from '../../words/en.ts';
import { isFinal, PHASES } from '../../payscore/rules/phase.ts';
import { testCodec } from '../support/codec.ts';
import { SEARCH_ATTRIBUTES, taskQueueOf } from '../../workflows/contract.ts';
import { adoption, opening, reopened } from '../payscore/order/orders.ts';
import { holds } from '../properties/holds.ts';

const { mchid } = opening.service;
const client = { options: { loadedDataConverter: { payloadCodecs: [testCodec()] } } };
const temporal = { client, mchid, taskQueue: taskQueueOf(mchid), words: EN } as unknown as Temporal;
const body = {
  out_order_no: 'R1',
  openid: 'oUser',
  risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9900 },
  post_payments: [{ name: '租金', amount: 800 }, { name: '押金' }],
};

test('a digest is SHA-256 in hex, and the same for every program and release', () => {
  assert.equal(
    digestOf({ b: 1, a: [{ d: null, c: '租金' }] }),
    // printf '{"a":[{"c":"租金","d":null}],"b":1}' | sha256sum
    '00a5938ef4712238874d4dd47bac8ba5d52d223eb0a27f110647bdfe243dfab7',
  );
});

test('the order of fields makes no difference, at any depth', () => {
  assert.notEqual(JSON.stringify(turned(body)), JSON.stringify(body));
  assert.equal(digestOf(turned(body)), digestOf(body));
});

for (const [what, other] of Object.entries({
  'another value': { ...body, openid: 'oUser2' },
  'another value further down': { ...body, risk_fund: { ...body.risk_fund, amount: 9901 } },
  'a number as text': { ...body, risk_fund: { ...body.risk_fund, amount: '9900' } },
  'one field less': { ...body, openid: undefined },
  'one field more': { ...body, device: {} },
  'another order of what is listed': { ...body, post_payments: body.post_payments.toReversed() },
  'nothing listed': { ...body, post_payments: [] },
  'null for a field': { ...body, openid: null },
  'fields in another place': { ...body, name: 'ESTIMATE_ORDER_COST', risk_fund: { amount: 9900 } },
  'a default that the caller did not send': { ...body, need_user_confirm: false },
  'a list for an object': { ...body, risk_fund: [body.risk_fund] },
})) {
  test(`a body with ${what} is another one`, () => {
    assert.notEqual(digestOf(other), digestOf(body));
  });
}

test('a body is digested as it is sent, so what JSON leaves out makes no difference', () => {
  assert.equal(digestOf({ ...body, device: undefined }), digestOf(body));
});

/** The same with the fields of every object in the opposite order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).toReversed();
  return Object.fromEntries(fields.map(([name, it]) => [name, turned(it)]));
}

test('whatever the bodies, those that are equal as JSON have one digest, and no others', async () => {
  const json = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));
  const property = fc.asyncProperty(json, json, async (one, other) => {
    assert.equal(digestOf(one) === digestOf(other), isDeepStrictEqual(one, other));
    assert.equal(digestOf(turned(one)), digestOf(one));
  });
  await holds(300, property);
});

test('a run has the id of its merchant and number, and waits in its merchant’s queue', () => {
  const { workflowId, taskQueue, args, memo } = startOf(temporal, opening);
  assert.equal(workflowId, 'service-order/1900000001/R1');
  assert.equal(taskQueue, 'payscore-orders/1900000001');
  assert.deepEqual(args, [opening]);
  assert.equal(memo['digest'], 'digest');
  assert.match(String(memo['openedAt']), /\+08:00$/);
  assert.equal(startOf(temporal, adoption).workflowId, workflowId);
});

for (const phase of PHASES) {
  const shown = isFinal(phase) ? phase : 'creating';
  test(`a run that takes up an order that was ${phase} begins as ${shown}`, () => {
    const openedAt = '2026-09-30T12:00:00+08:00';
    const start = startOf(temporal, reopened(phase, { openedAt }));
    assert.equal(start.typedSearchAttributes.get(SEARCH_ATTRIBUTES.phase), shown);
    assert.equal(start.memo['openedAt'], openedAt);
  });
}

test('an order that nobody had before begins as creating', () => {
  for (const begins of [opening, adoption, { ...opening, mayExist: true as const }]) {
    const { typedSearchAttributes } = startOf(temporal, begins);
    assert.equal(typedSearchAttributes.get(SEARCH_ATTRIBUTES.phase), 'creating');
    assert.equal(
      typedSearchAttributes.get(SEARCH_ATTRIBUTES.serviceId),
      opening.service.service_id,
    );
  }
});

test('a run that a person started by hand has no digest, and was opened when it was started', () => {
  const startTime = new Date('2026-10-01T04:00:00Z');
  const openedAt = '2026-10-01T12:00:00+08:00';
  assert.deepEqual(notedOf({ startTime }), { digest: undefined, openedAt });
  const memo = { digest: 'd', openedAt: '2026-09-30T12:00:00+08:00' };
  assert.deepEqual(notedOf({ memo, startTime }), memo);
});
