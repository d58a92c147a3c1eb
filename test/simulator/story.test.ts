/** One order through its life, as an SDK and the people in WeChat would take it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, OPENID } from './merchant.ts';

test('an authorised user rents, the merchant completes, the user pays, the order is done', async (t) => {
  const merchant = await open(t);
  const { create, complete, query, permission, createBody, completeBody, control } = merchant;

  const authorised = await permission(OPENID);
  assert.equal(authorised.json.authorization_state, 'AVAILABLE');

  const created = await create(createBody('R1'));
  assert.equal(created.status, 200);
  assert.equal(created.json.state, 'DOING');
  assert.equal(created.json.state_description, 'USER_CONFIRM');
  assert.match(created.json.order_id, /^1000000000\d{21}$/);

  merchant.pass(3600);
  const completed = await complete('R1', completeBody());
  assert.equal(completed.status, 200, completed.text);
  assert.equal(completed.json.state_description, 'MCH_COMPLETE');

  const paying = (await query('R1')).json;
  assert.equal(paying.collection.state, 'USER_PAYING');
  assert.equal(paying.collection.paying_amount, 800);

  await control.pay('R1');
  const paid = (await query('R1')).json;
  assert.equal(paid.state, 'DONE');
  assert.equal(paid.state_description, undefined);
  assert.equal(paid.collection.state, 'USER_PAID');
  assert.equal(paid.collection.paid_amount, 800);
  const [detail] = paid.collection.details;
  assert.equal(detail.paid_type, 'NEWTON');
  assert.match(detail.transaction_id, /^4200\d{24}$/);
  assert.match(detail.paid_time, /^\d{14}$/);
});
