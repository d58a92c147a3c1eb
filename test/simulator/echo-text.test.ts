/** How messages repeat the texts of an order: as they were sent, or tidied. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { shareSimulator, type Json } from './merchant.ts';

const { control, merchant } = await shareSimulator({ policies: { echo_text: 'tidied' } });
let no = '';
let count = 0;

beforeEach(() => (no = `T${++count}`));

const fee = { name: ' 租  金', amount: 400, description: '每小时\n4元 ' };
const spaced = () => ({
  service_introduction: '　充电宝  租借',
  post_payments: [fee],
  post_discounts: [{ name: '满减 ', description: ' 不\t\t限' }],
  time_range: { start_time: 'OnAccept', start_time_remark: ' 借 出 ' },
  location: { start_location: ' 国贸  一期' },
  risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 5000, description: '  ' },
  attach: ' a  b ',
});

/** What the messages say of it, apart from `attach`. */
const TIDY = {
  service_introduction: '充电宝 租借',
  post_payments: [{ name: '租 金', amount: 400, description: '每小时 4元', count: 1 }],
  post_discounts: [{ name: '满减', description: '不 限', amount: 0, count: 1 }],
  time_range: { start_time: 'OnAccept', start_time_remark: '借 出' },
  location: { start_location: '国贸 一期' },
  risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 5000, description: '' },
};

const textsOf = (json: Json) =>
  Object.fromEntries(Object.keys(TIDY).map((field) => [field, json[field]]));

test('tidies every text that users read, in the answers to creation and query', async () => {
  const created = await merchant.serve(no, spaced());
  assert.deepEqual(textsOf(created.json), TIDY);
  assert.deepEqual(textsOf((await merchant.query(no)).json), TIDY);
});

test('leaves attach as the merchant sent it', async () => {
  await merchant.serve(no, spaced());
  assert.equal((await merchant.query(no)).json.attach, ' a  b ');
});

test('tidies what later calls and notifications say too', async () => {
  await merchant.serve(no, spaced());
  const body = merchant.completeBody({ post_payments: [{ ...fee, amount: 800 }] });
  const completed = await merchant.complete(no, body);
  const post_payments = [{ ...TIDY.post_payments[0], amount: 800 }];
  assert.deepEqual(completed.json.post_payments, post_payments);
  const lowered = merchant.modifyBody(400, { post_payments: [fee] });
  const modified = await merchant.change('modify', no, lowered);
  assert.deepEqual(modified.json.post_payments, TIDY.post_payments);
  const { order } = await control.pay(no);
  const [notification] = await control.notifications(no);
  assert.deepEqual([order['service_introduction'], notification?.resource], ['充电宝 租借', order]);
});

test('takes for a repetition what was sent, not what it made of that', async () => {
  const body = merchant.createBody(no, spaced());
  await merchant.create(body);
  assert.equal((await merchant.create(body)).status, 200);
  assert.equal((await merchant.create({ ...body, ...TIDY })).json.message, '订单重入参数校验失败');
});
