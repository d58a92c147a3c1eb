/** How many orders one person may have open: counted from the orders that are there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, OPENID } from './merchant.ts';

const LIMIT = '同一实名身份下进行中订单过多';

test('refuses one order more than a person may have open, until one of them has ended', async (t) => {
  const { control, create, createBody, change, changeBody } = await open(t);
  await control.setService({ open_orders_limit: 2 });
  for (const no of ['O1', 'O2']) assert.equal((await create(createBody(no))).status, 200);
  const refused = await create(createBody('O3'));
  assert.deepEqual([refused.status, refused.json.message], [400, LIMIT]);
  assert.equal((await create(createBody('O1'))).status, 200, 'a repetition opens nothing');
  await change('cancel', 'O1', changeBody());
  assert.equal((await create(createBody('O3'))).status, 200);
});

test('counts together what several openids of one person have open, and nobody else’s', async (t) => {
  const { control, create, createBody } = await open(t);
  await control.setService({ open_orders_limit: 1 });
  for (const openid of ['ou-one', 'ou-two', 'ou-other']) await control.authorise(openid);
  for (const openid of ['ou-one', 'ou-two'])
    await control.setBehaviour(openid, { real_name: '张三' });
  const createFor = async (no: string, openid: string) =>
    (await create(createBody(no, { openid }))).json.message;
  assert.equal(await createFor('O4', 'ou-one'), undefined);
  assert.equal(await createFor('O5', 'ou-two'), LIMIT);
  assert.equal(await createFor('O6', 'ou-other'), undefined);
});

test('lets a person have any number open where there is no limit', async (t) => {
  const { control, create, createBody } = await open(t);
  await control.setService({ open_orders_limit: 0 });
  assert.equal((await create(createBody('O7'))).status, 400);
  const told = await control.setService({ open_orders_limit: null });
  assert.equal(told.open_orders_limit, null);
  assert.equal((await create(createBody('O7', { openid: OPENID }))).status, 200);
});
