/** Faults that hide whether a call was executed: the answer says one thing, the ledger another. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../../simulator/control.ts';
import { open, signedBy } from './merchant.ts';
import { until } from './receiver.ts';

const answered: {
  title: string;
  fault: Fault;
  status: number;
  code?: string;
  isSigned?: true;
  isExecuted?: true;
}[] = [
  {
    title: 'executed-then-500 creates the order and answers 500, signed',
    fault: 'executed-then-500',
    status: 500,
    code: 'SYSTEM_ERROR',
    isSigned: true,
    isExecuted: true,
  },
  {
    title: 'executed-then-502-unsigned creates the order and answers 502 without a signature',
    fault: 'executed-then-502-unsigned',
    status: 502,
    isExecuted: true,
  },
  {
    title: 'accepted-202 creates nothing and answers 202, signed',
    fault: 'accepted-202',
    status: 202,
    isSigned: true,
  },
  {
    title: 'throttled creates nothing and answers 429, signed',
    fault: 'throttled',
    status: 429,
    code: 'FREQUENCY_LIMITED',
    isSigned: true,
  },
  {
    title: 'throttled-by-gateway creates nothing and answers 429, signed',
    fault: 'throttled-by-gateway',
    status: 429,
    code: 'RATELIMIT_EXCEEDED',
    isSigned: true,
  },
  {
    title: 'sign-error creates nothing and answers 401, signed',
    fault: 'sign-error',
    status: 401,
    code: 'SIGN_ERROR',
    isSigned: true,
  },
  {
    title: 'sign-error-unsigned creates nothing and answers 401 as JSON without a signature',
    fault: 'sign-error-unsigned',
    status: 401,
    code: 'SIGN_ERROR',
  },
  {
    title: 'abnormal creates nothing and answers 400, signed, which passes',
    fault: 'abnormal',
    status: 400,
    code: 'INVALID_REQUEST',
    isSigned: true,
  },
  {
    title: 'not-executed-500 creates nothing and answers 500, signed',
    fault: 'not-executed-500',
    status: 500,
    code: 'SYSTEM_ERROR',
    isSigned: true,
  },
  {
    title: 'unsigned-502 creates nothing and answers 502 without a signature',
    fault: 'unsigned-502',
    status: 502,
  },
  {
    title: 'unavailable-503 creates nothing and answers 503, signed',
    fault: 'unavailable-503',
    status: 503,
    code: 'SERVICE_UNAVAILABLE',
    isSigned: true,
  },
  {
    title: 'refused-unsigned creates nothing and answers 403 without a signature',
    fault: 'refused-unsigned',
    status: 403,
    code: 'NO_AUTH',
  },
  {
    title:
      'executed-then-500-unsigned creates the order and answers 500 as JSON without a signature',
    fault: 'executed-then-500-unsigned',
    status: 500,
    code: 'SYSTEM_ERROR',
    isExecuted: true,
  },
  {
    title: 'not-executed-500-unsigned creates nothing and answers 500 as JSON without a signature',
    fault: 'not-executed-500-unsigned',
    status: 500,
    code: 'SYSTEM_ERROR',
  },
  {
    title: 'throttled-unsigned creates nothing and answers 429 as JSON without a signature',
    fault: 'throttled-unsigned',
    status: 429,
    code: 'FREQUENCY_LIMITED',
  },
  {
    title: 'unavailable-503-unsigned creates nothing and answers 503 as JSON without a signature',
    fault: 'unavailable-503-unsigned',
    status: 503,
    code: 'SERVICE_UNAVAILABLE',
  },
];

for (const { title, fault, status, code, isSigned = false, isExecuted = false } of answered) {
  test(title, async (t) => {
    const { control, create, createBody, query, simulator } = await open(t);
    await control.planFault({ call: 'create', fault });
    const got = await create(createBody('E1'));
    assert.equal(got.status, status);
    assert.equal(got.json?.code, code);
    assert.equal(signedBy(got, simulator.merchant) !== undefined, isSigned);
    assert.equal(got.headers.get('Wechatpay-Signature') !== null, isSigned);
    assert.equal((await query('E1')).status, isExecuted ? 200 : 404);
  });
}

test('accepted-202 has no body, and the same request again is executed', async (t) => {
  const { control, create, createBody } = await open(t);
  await control.planFault({ call: 'create', fault: 'accepted-202' });
  assert.equal((await create(createBody('E2'))).text, '');
  assert.equal((await create(createBody('E2'))).json.state, 'DOING');
});

test('refused-executed-late refuses as a contradiction, signed, and completes the order when the delay is over', async (t) => {
  const { control, serve, complete, completeBody, query, simulator } = await open(t);
  await serve('E4');
  const body = completeBody();
  const fault = { call: 'complete', fault: 'refused-executed-late', delay_seconds: 1 } as const;
  await control.planFault(fault);
  const got = await complete('E4', body);
  assert.deepEqual([got.status, got.json.message], [400, '订单重入参数校验失败']);
  assert.ok(signedBy(got, simulator.merchant));
  assert.equal((await query('E4')).json.state_description, 'USER_CONFIRM');
  await until(async () => (await query('E4')).json.state_description === 'MCH_COMPLETE');
});

test('executed-late cuts the connection, and creates the order when the delay is over', async (t) => {
  const { control, create, createBody, query } = await open(t);
  await control.planFault({ call: 'create', fault: 'executed-late', delay_seconds: 1 });
  await assert.rejects(create(createBody('E3')), { code: 'ECONNRESET' });
  await sleep(300);
  assert.equal((await query('E3')).status, 404);
  await until(async () => (await query('E3')).status === 200);
  const [entry] = (await control.order('E3')).ledger;
  const [late] = (await control.faults()).late;
  assert.deepEqual(
    [late?.call, late?.status, late?.request_id],
    ['create', 200, entry?.request_id],
  );
});

test('executed-late only records a refusal that comes of the delay', async (t) => {
  const { control, serve, complete, completeBody, query } = await open(t);
  await serve('E4');
  await control.planFault({ call: 'complete', fault: 'executed-late', delay_seconds: 0.3 });
  await assert.rejects(complete('E4', completeBody({ goods_tag: 'late' })));
  assert.equal((await complete('E4', completeBody())).status, 200);
  await until(async () => (await control.faults()).late.length === 1);
  const [late] = (await control.faults()).late;
  assert.deepEqual([late?.status, late?.code], [400, 'PARAM_ERROR']);
  assert.equal((await control.order('E4')).ledger.length, 2);
  assert.equal((await query('E4')).json.total_amount, 800);
});

test('executed-late is never executed by a simulator that has ended', async (t) => {
  const { control, create, createBody, simulator } = await open(t);
  await control.planFault({ call: 'create', fault: 'executed-late', delay_seconds: 1 });
  await assert.rejects(create(createBody('E5')));
  await simulator.stop();
  await sleep(1200); // a late execution would find its journal closed, and end this process
});

test('refused answers with any row of the catalogue, signed and numbered, and executes nothing', async (t) => {
  const { control, create, createBody, query, simulator } = await open(t);
  await control.planFault({ call: 'create', fault: 'refused', refusal: 'noPermission' });
  await control.planFault({ call: 'query', fault: 'refused', refusal: 'orderNotFound' });
  const got = await create(createBody('E6'));
  assert.deepEqual([got.status, got.json.code], [403, 'NO_AUTH']);
  assert.match(got.headers.get('Request-ID') ?? '', /-268503786$/);
  assert.ok(signedBy(got, simulator.merchant));
  assert.equal((await query('E6')).json.code, 'ORDER_NOT_EXIST');
  assert.equal((await query('E6')).status, 404);
  assert.equal((await create(createBody('E6'))).status, 200);
});

test('a refusal without its row, or with one that is not in the catalogue, is not planned', async (t) => {
  const { control } = await open(t);
  await assert.rejects(control.planFault({ fault: 'refused' }), { status: 400 });
  const nonsense: { fault: 'refused'; refusal: never } = JSON.parse(
    '{"fault":"refused","refusal":"toString"}',
  );
  await assert.rejects(control.planFault(nonsense), { status: 400 });
});

test('refused-unsigned says what it is told to, as JSON under a Request-ID', async (t) => {
  const { control, create, createBody, query } = await open(t);
  await create(createBody('E7'));
  await control.planFault({ call: 'query', fault: 'refused-unsigned', refusal: 'orderNotFound' });
  const got = await query('E7');
  assert.deepEqual([got.status, got.json.code], [404, 'ORDER_NOT_EXIST']);
  assert.ok(got.headers.get('Request-ID'));
  assert.equal(got.headers.get('Wechatpay-Serial'), null);
});

test('redirect leads elsewhere, unsigned, and executes nothing', async (t) => {
  const { control, create, createBody, query } = await open(t);
  const location = 'http://127.0.0.1:9/other';
  await control.planFault({ call: 'create', fault: 'redirect', location });
  await control.planFault({ call: 'query', fault: 'redirect' });
  const got = await create(createBody('E8'));
  assert.deepEqual([got.status, got.headers.get('Location')], [302, location]);
  assert.equal(got.headers.get('Wechatpay-Signature'), null);
  assert.equal((await query('E8')).status, 302);
  assert.equal((await query('E8')).status, 404);
});

for (const [refusal, status, code] of [
  ['noPermission', 403, 'NO_AUTH'],
  ['signature', 401, 'SIGN_ERROR'],
  ['orderNotFound', 404, 'ORDER_NOT_EXIST'],
  ['codeUnknown', 404, 'RESOURCE_NOT_EXISTS'],
] as const) {
  test(`refused answers ${refusal} to whatever asks for it, as often as planned`, async (t) => {
    const { control, create, createBody, query, permission, prepare, agreement, ...merchant } =
      await open(t);
    await create(createBody('E9'));
    await prepare('E9');
    await control.authorise('ou-9');
    const calls = [
      ['query', () => query('E9')],
      ['permission', () => permission('ou-9')],
      ['permission-by-code', () => agreement('E9')],
      ['prepare', () => prepare('E9-b')],
      ['terminate', () => merchant.terminate('ou-9')],
    ] as const;
    for (const [call, ask] of calls) {
      await control.planFault({ call, fault: 'refused', refusal, times: 2 });
      for (const got of [await ask(), await ask()]) {
        assert.deepEqual([got.status, got.json.code], [status, code], call);
        assert.ok(signedBy(got, merchant.simulator.merchant), call);
      }
      assert.ok((await ask()).status < 300, call);
    }
  });
}

test('refused lets a synchronisation be told that the collection is unclear, and nothing happens', async (t) => {
  const { control, bill, change, syncBody, beijing, query } = await open(t);
  await bill('E10');
  await control.planFault({ call: 'sync', fault: 'refused', refusal: 'collectionUnclear' });
  const got = await change('sync', 'E10', syncBody(beijing(30)));
  assert.deepEqual(
    [got.status, got.json.code, got.json.message],
    [400, 'INVALID_REQUEST', '收款结果不明，请稍后重试'],
  );
  assert.equal((await query('E10')).json.collection.state, 'USER_PAYING');
});
