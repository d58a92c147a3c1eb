/** The state table, walked cell by cell: every call against an order in every standing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OPENID, shareSimulator, type Got } from './merchant.ts';

const { control, merchant } = await shareSimulator({ policies: { complete_repeat: 'never' } }); // states, not bodies, are compared
let count = 0;

async function created(no: string) {
  await control.setBehaviour(OPENID, { creation: 'stays_created' });
  await merchant.create(merchant.createBody(no));
  await control.setBehaviour(OPENID, { creation: 'passes' });
}

const nothing = {
  post_payments: [{ name: '租金', amount: 0 }],
  total_amount: 0,
};

/** How an order comes to stand there. */
const STANDINGS: Record<string, (no: string) => Promise<unknown>> = {
  CREATED: created,
  USER_CONFIRM: (no) => merchant.serve(no),
  USER_PAYING: (no) => merchant.bill(no),
  async USER_PAID(no) {
    await merchant.bill(no);
    await control.pay(no);
  },
  async NOTHING_TO_PAY(no) {
    await merchant.serve(no);
    await merchant.complete(no, merchant.completeBody(nothing));
  },
  async REVOKED(no) {
    await merchant.serve(no);
    await merchant.change('cancel', no, merchant.changeBody({ reason: '没有车了' }));
  },
  async EXPIRED(no) {
    await created(no);
    merchant.pass(31 * 86_400);
  },
};

const CALLS: Record<string, (no: string) => Promise<Got>> = {
  query: (no) => merchant.query(no),
  cancel: (no) => merchant.change('cancel', no, merchant.changeBody()),
  complete: (no) => merchant.complete(no, merchant.completeBody()),
  modify: (no) => merchant.change('modify', no, merchant.modifyBody(700)),
  sync: (no) => merchant.change('sync', no, merchant.syncBody(merchant.beijing(1))),
  pay: (no) => merchant.change('pay', no, merchant.identity),
};

const state = 'INVALID_REQUEST 当前订单状态不合法 271302262';
const waits = 'INVALID_REQUEST 当前订单状态不合法 271302332';
const revoked = 'INVALID_REQUEST 当前订单状态不合法 271302333';
const cancel = 'PARAM_ERROR 当前订单状态不满足撤销条件 271316592';
const gone = 'ORDER_CANCELED 订单已取消 271302333';
const paying = 'INVALID_REQUEST 仅服务订单支付状态为待支付时，才可使用此能力 271316657';

/** In the order of STANDINGS; `ok` is 200. */
const EXPECTED: Record<string, string[]> = {
  query: ['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok'],
  cancel: ['ok', 'ok', 'ok', cancel, cancel, gone, cancel],
  complete: [waits, 'ok', state, state, state, revoked, state],
  modify: [paying, paying, 'ok', paying, paying, paying, paying],
  sync: [paying, paying, 'ok', paying, paying, paying, paying],
  pay: [paying, paying, 'ok', paying, paying, paying, paying],
};

function outcomeOf({ status, json, headers }: Got): string {
  if (status === 200) return 'ok';
  assert.equal(status, 400);
  return `${json.code} ${json.message} ${headers.get('Request-ID')?.split('-')[1]}`;
}

for (const [call, cells] of Object.entries(EXPECTED)) {
  Object.keys(STANDINGS).forEach((standing, index) => {
    const expected = cells[index];
    test(`${call} of an order that is ${standing}: ${expected}`, async () => {
      const no = `T${++count}`;
      await STANDINGS[standing]?.(no);
      const earlier = await control.order(no);
      const got = await CALLS[call]?.(no);
      assert.ok(got);
      assert.equal(outcomeOf(got), expected);
      const later = await control.order(no);
      if (expected !== 'ok') assert.deepEqual(later, earlier);
      else if (call !== 'query') assert.equal(later.ledger.length, earlier.ledger.length + 1);
    });
  });
}

const codes: [standing: string, code: string][] = [
  ['USER_CONFIRM', 'INVALID_ORDER_STATE'],
  ['USER_PAID', 'ORDER_DONE'],
  ['NOTHING_TO_PAY', 'ORDER_DONE'],
  ['REVOKED', 'ORDER_CANCELED'],
];
for (const [standing, code] of codes) {
  test(`the printed code for ${standing} is ${code}, and others are given for every state on demand`, async () => {
    const no = `T${++count}`;
    await STANDINGS[standing]?.(no);
    const codeUnder = async (
      wrong_state_code: 'INVALID_ORDER_STATE' | 'PARAM_ERROR' | 'INVALID_REQUEST',
    ) => {
      await control.setPolicies({ wrong_state_code });
      const got = await merchant.change('modify', no, merchant.modifyBody(700));
      await control.setPolicies({ wrong_state_code: 'as_seen' });
      return got.json.code;
    };
    assert.equal(await codeUnder('INVALID_ORDER_STATE'), code);
    assert.equal(await codeUnder('PARAM_ERROR'), 'PARAM_ERROR');
    assert.equal(await codeUnder('INVALID_REQUEST'), 'INVALID_REQUEST');
  });
}

test('every change of an order that does not exist is answered 404', async () => {
  for (const [call, run] of Object.entries(CALLS)) {
    const got = await run('T-none');
    assert.deepEqual([got.status, got.json.code], [404, 'ORDER_NOT_EXIST'], call);
  }
});
