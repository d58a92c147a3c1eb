/** Planned faults: what is executed, what is answered, and how often. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, OPENID, signedBy } from './merchant.ts';

/** What names the request in a Request-ID; the rest names the outcome. */
const stem = (id: string | null | undefined) => id?.split('-')[0];

test('executed-then-500 creates the order and answers a signed SYSTEM_ERROR', async (t) => {
  const { control, create, createBody, query, simulator } = await open(t);
  await control.planFault({ call: 'create', fault: 'executed-then-500' });
  const got = await create(createBody('F1'));
  assert.deepEqual([got.status, got.json.code], [500, 'SYSTEM_ERROR']);
  assert.ok(signedBy(got, simulator.merchant));
  assert.equal((await query('F1')).json.state, 'DOING');
  const [entry] = (await control.order('F1')).ledger;
  assert.equal(stem(entry?.request_id), stem(got.headers.get('Request-ID')));
});

test('executed-then-cut completes the order and answers nothing', async (t) => {
  const { control, serve, complete, completeBody, query } = await open(t);
  await serve('F2');
  await control.planFault({ call: 'complete', fault: 'executed-then-cut' });
  await assert.rejects(complete('F2', completeBody()), { code: 'ECONNRESET' });
  assert.equal((await query('F2')).json.state_description, 'MCH_COMPLETE');
});

test('cut does nothing and answers nothing', async (t) => {
  const { control, create, createBody, query } = await open(t);
  await control.planFault({ call: 'create', fault: 'cut' });
  await assert.rejects(create(createBody('F3')), { code: 'ECONNRESET' });
  assert.equal((await query('F3')).status, 404);
});

test('unsigned-502 does nothing and answers HTML without a signature', async (t) => {
  const { control, create, createBody, query } = await open(t);
  await control.planFault({ call: 'create', fault: 'unsigned-502' });
  const got = await create(createBody('F4'));
  assert.equal(got.status, 502);
  assert.match(got.headers.get('Content-Type') ?? '', /html/);
  assert.equal(got.headers.get('Wechatpay-Signature'), null);
  assert.equal((await query('F4')).status, 404);
});

test('bad-signature answers truly under a signature that does not fit', async (t) => {
  const { control, permission, simulator } = await open(t);
  await control.planFault({ call: 'permission', fault: 'bad-signature' });
  const got = await permission(OPENID);
  assert.equal(got.status, 200);
  assert.ok(got.headers.get('Wechatpay-Signature'));
  assert.equal(signedBy(got, simulator.merchant), undefined);
});

test('a fault befalls its own call, as often as planned, in the order of planning', async (t) => {
  const { control, create, createBody, query } = await open(t);
  await create(createBody('F5'));
  await control.planFault({ call: 'query', fault: 'unsigned-502', times: 2 });
  await control.planFault({ call: 'query', fault: 'executed-then-500' });
  await control.planFault({ call: 'complete', fault: 'cut' });
  const statuses = [];
  for (let i = 0; i < 4; i++) statuses.push((await query('F5')).status);
  assert.deepEqual(statuses, [502, 502, 500, 200]);
  assert.deepEqual((await control.faults()).faults, [{ call: 'complete', fault: 'cut', times: 1 }]);
});

test('a request that does not pass the check uses up no fault', async (t) => {
  const { control, send } = await open(t);
  await control.planFault({ call: 'query', fault: 'cut' });
  const got = await send('GET', '/v3/payscore/serviceorder', '', (sent) => {
    sent.headers['Authorization'] = undefined;
  });
  assert.equal(got.status, 401);
  assert.equal((await control.faults()).faults.length, 1);
});

test('cleared faults befall nobody', async (t) => {
  const { control, create, createBody } = await open(t);
  await control.planFault({ call: 'create', fault: 'cut', times: 9 });
  await control.clearFaults();
  assert.equal((await create(createBody('F6'))).status, 200);
});
