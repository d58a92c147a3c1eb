/** Applying for a refund: what it may say, what is answered, and what is refused in which words (docs/wechatpay-facts.md#refunds). */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { OPENID, shareSimulator, type Got } from './merchant.ts';

const { simulator, control, merchant } = await shareSimulator({ timeFactor: 0.001 });
let no = '';
let transaction = '';
let count = 0;

/** An order of 800 fen that was paid on 1 October at noon. */
beforeEach(async () => {
  simulator.clock.set({ now: new Date('2026-10-01T11:00:00+08:00') });
  no = `R${++count}`;
  transaction = await merchant.paid(no);
});

const body = (refund: number, change: object = {}, number = `${no}-1`) =>
  merchant.refundBody(transaction, number, refund, change);
const refund = (amount: number, change: object = {}, number?: string) =>
  merchant.refund(body(amount, change, number));
const saidBy = ({ status, json }: Got) => [status, json.code, json.message];

test('answers that a refund is accepted, and nothing more', async () => {
  const { status, json } = await refund(300, { reason: '商品已售完' });
  assert.equal(status, 200);
  const { refund_id, out_trade_no, ...rest } = json;
  assert.match(refund_id, /^5[02]\d{27}$/);
  assert.match(out_trade_no, /^\d{28}$/); // of an automatic charge, WeChat Pay's own
  assert.notEqual(out_trade_no, transaction);
  assert.deepEqual(rest, {
    out_refund_no: `${no}-1`,
    transaction_id: transaction,
    channel: 'ORIGINAL',
    user_received_account: '支付用户零钱',
    create_time: '2026-10-01T12:00:00+08:00',
    status: 'PROCESSING',
    funds_account: 'UNSETTLED',
    amount: {
      total: 800,
      refund: 300,
      payer_total: 800,
      payer_refund: 300,
      settlement_total: 800,
      settlement_refund: 300,
      discount_refund: 0,
      currency: 'CNY',
      refund_fee: 2,
    },
  });
  assert.deepEqual((await merchant.queryRefund(`${no}-1`)).json, json);
});

const REFUSED_FIELDS: [string, object, string][] = [
  ['no transaction', { transaction_id: undefined }, '/transaction_id'],
  ['a transaction of 33 characters', { transaction_id: '4'.repeat(33) }, '/transaction_id'],
  ['no number', { out_refund_no: undefined }, '/out_refund_no'],
  ['a number of 65 characters', { out_refund_no: 'n'.repeat(65) }, '/out_refund_no'],
  ['a number with a slash', { out_refund_no: 'a/b' }, '/out_refund_no'],
  ['a reason of 81 characters', { reason: '因'.repeat(81) }, '/reason'],
  ['an address with a query', { notify_url: 'https://a.test/n?x=1' }, '/notify_url'],
  [
    'an address of 257 characters',
    { notify_url: `https://a.test/${'n'.repeat(242)}` },
    '/notify_url',
  ],
  ['another account', { funds_account: 'UNSETTLED' }, '/funds_account'],
  ['no amount', { amount: undefined }, '/amount'],
  [
    'an amount as text',
    { amount: { refund: '300', total: 800, currency: 'CNY' } },
    '/amount/refund',
  ],
  ['nothing', { amount: { refund: 0, total: 800, currency: 'CNY' } }, '/amount/refund'],
  ['no total', { amount: { refund: 1, currency: 'CNY' } }, '/amount/total'],
  ['no currency', { amount: { refund: 1, total: 800 } }, '/amount/currency'],
  ['dollars', { amount: { refund: 1, total: 800, currency: 'USD' } }, '/amount/currency'],
];

for (const [what, change, field] of REFUSED_FIELDS) {
  test(`refuses ${what}, and names the field`, async () => {
    const got = await refund(300, change);
    assert.equal(got.status, 400, got.text);
    assert.deepEqual([got.json.code, got.json.detail.field], ['PARAM_ERROR', field]);
  });
}

const source = (account: string, amount: number) => ({ account, amount });
const from = (...list: object[]) => ({
  amount: { refund: 300, total: 800, currency: 'CNY', from: list },
});

test('asks that the sources are the refund, and each of them another', async () => {
  const two = [source('AVAILABLE', 100), source('UNAVAILABLE', 200)];
  for (const wrong of [
    from(source('AVAILABLE', 299)),
    from(source('AVAILABLE', 100), source('AVAILABLE', 200)),
    from(source('BASIC', 300)),
  ]) {
    assert.equal((await refund(300, wrong)).json.code, 'PARAM_ERROR');
  }
  const { json } = await refund(300, from(...two));
  assert.deepEqual([json.funds_account, json.amount.from], ['BASIC', two]);
});

test('takes goods whose fields are right, and names the one that is not', async () => {
  const goods = {
    merchant_goods_id: 'a-1',
    goods_name: '伞',
    unit_price: 300,
    refund_amount: 300,
    refund_quantity: 1,
  };
  const wrong = await refund(300, { goods_detail: [{ ...goods, merchant_goods_id: '伞' }] });
  assert.equal(wrong.json.detail.field, '/goods_detail/0/merchant_goods_id');
  const { refund_quantity: _quantity, ...incomplete } = goods;
  assert.equal((await refund(300, { goods_detail: [incomplete] })).status, 400);
  assert.equal((await refund(300, { goods_detail: [goods] })).status, 200);
});

test('takes the longest of everything that is allowed', async () => {
  const number = `${'n'.repeat(60)}_-|@`;
  const address = `https://a.test/${'n'.repeat(241)}`;
  const got = await refund(300, { reason: '因'.repeat(80), notify_url: address }, number);
  assert.equal(got.status, 200, got.text);
  assert.equal((await merchant.queryRefund(number)).json.out_refund_no, number);
});

test('answers the same body again with the refund as it stands, and refuses another', async () => {
  const first = await refund(300);
  assert.deepEqual((await refund(300)).json, first.json);
  merchant.pass(30);
  assert.equal((await refund(300)).json.status, 'SUCCESS');
  const mismatch = [400, 'INVALID_REQUEST', '订单金额或退款金额与之前请求不一致，请核实后再试'];
  assert.deepEqual(saidBy(await refund(301)), mismatch);
  assert.deepEqual(saidBy(await refund(300, { reason: 'x' })), mismatch);
  assert.equal((await control.refunds(no)).length, 1);
});

test('does not know a transaction that was never charged, least of all by the order’s number', async () => {
  const unknown = [404, 'RESOURCE_NOT_EXISTS', '订单不存在'];
  assert.deepEqual(saidBy(await refund(300, { transaction_id: no })), unknown);
  assert.deepEqual(saidBy(await refund(300, { transaction_id: '4200000000' })), unknown);
  const missing = await merchant.queryRefund(`${no}-1`);
  assert.deepEqual(saidBy(missing), [404, 'RESOURCE_NOT_EXISTS', '退款单不存在']);
});

test('refuses more than is left, and anything once all of it is refunded', async () => {
  const above = [400, 'INVALID_REQUEST', '申请退款金额超过订单可退金额'];
  assert.deepEqual(saidBy(await refund(801)), above);
  await refund(500);
  merchant.pass(60);
  assert.deepEqual(saidBy(await refund(301, {}, `${no}-2`)), above);
  assert.equal((await refund(300, {}, `${no}-2`)).status, 200);
  merchant.pass(60);
  const fully = [400, 'INVALID_REQUEST', '订单已全额退款'];
  assert.deepEqual(saidBy(await refund(1, {}, `${no}-3`)), fully);
});

test('asks for the total of the transaction', async () => {
  const got = await refund(300, { amount: { refund: 300, total: 300, currency: 'CNY' } });
  assert.deepEqual([got.status, got.json.code], [400, 'INVALID_REQUEST']);
});

test('takes a refund 365 days after the payment, and none after that', async () => {
  merchant.pass(365 * 86_400 - 1);
  assert.equal((await refund(100)).status, 200);
  merchant.pass(61);
  const late = await refund(100, {}, `${no}-2`);
  assert.deepEqual(saidBy(late), [400, 'INVALID_REQUEST', '订单已经超过退款期限']);
});

test('takes another refund of a transaction a minute later, and a repetition at any time', async () => {
  await refund(100);
  merchant.pass(58);
  const soon = await refund(100, {}, `${no}-2`);
  assert.deepEqual([soon.status, soon.json.code], [429, 'FREQUENCY_LIMITED']);
  assert.equal((await merchant.queryRefund(`${no}-2`)).status, 404);
  assert.equal((await refund(100)).status, 200);
  merchant.pass(2);
  assert.equal((await refund(100, {}, `${no}-2`)).status, 200);
});

test('takes 50 parts of a transaction, and no 51st', async () => {
  for (let nth = 1; nth <= 50; nth++) {
    assert.equal((await refund(1, {}, `${no}-${nth}`)).status, 200, String(nth));
    merchant.pass(60);
  }
  const more = await refund(1, {}, `${no}-51`);
  assert.deepEqual([more.status, more.json.code], [400, 'INVALID_REQUEST']);
});

test('a balance that is too small keeps nothing: topped up, the same call succeeds', async (t) => {
  t.after(() => control.setAccount({ balance: null }));
  await control.setAccount({ balance: 299 });
  const got = await refund(300);
  assert.deepEqual(saidBy(got), [403, 'NOT_ENOUGH', '基本账户余额不足，请充值后重新发起']);
  assert.equal((await merchant.queryRefund(`${no}-1`)).status, 404);
  await control.setAccount({ balance: 1000 });
  assert.equal((await refund(300)).status, 200);
  assert.equal((await control.account()).balance, 700);
});

test('refuses for good where the user’s account is abnormal, or the merchant has no right', async (t) => {
  t.after(() => control.setBehaviour(OPENID, { refund: 'accepted' }));
  await control.setBehaviour(OPENID, { refund: 'account_abnormal' });
  const abnormal = [403, 'USER_ACCOUNT_ABNORMAL', '用户账户异常或已注销'];
  assert.deepEqual(saidBy(await refund(300)), abnormal);
  await control.setBehaviour(OPENID, { refund: 'accepted' });
  await control.scriptRefunds({ out_refund_no: `${no}-1` }, { refused: 'no_auth' });
  assert.deepEqual(saidBy(await refund(300)), [403, 'NO_AUTH', '没有退款权限']);
  assert.equal((await refund(300, {}, `${no}-2`)).status, 200);
});

test('refuses any call within a second of as many that failed as may, or that were accepted', async (t) => {
  t.after(() => control.limitRate({}));
  await control.limitRate({ failed_refunds_per_second: 2 });
  const statuses = [];
  for (const amount of [801, 802, 300]) statuses.push((await refund(amount)).status);
  assert.deepEqual(statuses, [400, 400, 429]);
  await control.limitRate({ refunds_per_second: 1 });
  await refund(300);
  assert.equal((await refund(300)).status, 429);
});

test('each charge of an order that is paid in parts is refunded for itself', async () => {
  const parts = `${no}p`;
  await merchant.bill(parts);
  await control.pay(parts, { amount: 300 });
  await control.pay(parts);
  const [first = '', second = ''] = await merchant.transactions(parts);
  const of = (id: string, refunded: number, total: number) =>
    merchant.refund({
      ...merchant.refundBody(id, `${parts}-${id}-${refunded}`, refunded),
      amount: { refund: refunded, total, currency: 'CNY' },
    });
  assert.equal((await of(first, 301, 300)).status, 400);
  assert.equal((await of(first, 300, 300)).status, 200);
  assert.equal((await of(second, 500, 500)).status, 200); // at once: another transaction
});

test('a coupon comes back in proportion, and whole with the last of the order', async () => {
  const couponed = `${no}c`;
  const id = await merchant.paid(couponed, { coupon: 200 });
  const { json } = await merchant.refund(merchant.refundBody(id, `${couponed}-1`, 301));
  assert.deepEqual(
    { ...json.amount, currency: '' },
    {
      total: 800,
      refund: 301,
      payer_total: 600,
      payer_refund: 226,
      settlement_total: 600,
      settlement_refund: 226,
      discount_refund: 75,
      currency: '',
      refund_fee: 2,
    },
  );
  const [coupon] = json.promotion_detail;
  assert.match(coupon.promotion_id, /^\d{10}$/);
  assert.deepEqual(
    [coupon.scope, coupon.type, coupon.amount, coupon.refund_amount],
    ['GLOBAL', 'NOCASH', 200, 75],
  );
  merchant.pass(60);
  const rest = await merchant.refund(merchant.refundBody(id, `${couponed}-2`, 499));
  const { payer_refund, discount_refund } = rest.json.amount;
  assert.deepEqual([payer_refund, discount_refund], [374, 125]);
});

test('leaves the order as it is, and writes into its ledger', async () => {
  const before = (await merchant.query(no)).json;
  await refund(300);
  merchant.pass(30);
  const { ledger } = await control.order(no);
  assert.deepEqual((await merchant.query(no)).json, before);
  assert.deepEqual(
    ledger.slice(-2).map((it) => [it.event, it.charged, it.refunded, it.out_refund_no]),
    [
      ['refund_accepted', 0, 0, `${no}-1`],
      ['refunded', 0, 300, `${no}-1`],
    ],
  );
  assert.match(ledger.at(-2)?.request_id ?? '', /-0$/);
});
