/** What the merchant does without the API: no call, no notification, and the order is another. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ControlRefusal } from '../../simulator/control.ts';
import { shareSimulator } from './merchant.ts';

const { control, merchant } = await shareSimulator({ timeFactor: 0.001 });

test('completes an order for a total, at once, and notifies nobody', async () => {
  await merchant.create(merchant.createBody('C1'));
  const { order, ledger } = await control.consoleComplete('C1', { total_amount: 700 });
  assert.deepEqual([order['state_description'], order['total_amount']], ['MCH_COMPLETE', 700]);
  assert.deepEqual(order['post_payments'], [
    { name: '费用', amount: 700, description: '', count: 1 },
  ]);
  assert.deepEqual([ledger.at(-1)?.event, ledger.at(-1)?.request_id], ['completed', 'console']);
  assert.deepEqual((await merchant.query('C1')).json, order);
  assert.deepEqual(await control.notifications('C1'), []);
});

test('lets no call of the merchant repeat what the console has done', async () => {
  await merchant.serve('C2');
  const body = merchant.completeBody();
  await control.consoleComplete('C2', body);
  assert.equal((await merchant.complete('C2', body)).status, 400);
});

test('modifies, and cancels, what is being charged', async () => {
  await merchant.bill('C3');
  const { order } = await control.consoleModify('C3', { total_amount: 300 });
  assert.equal(order['total_amount'], 300);
  assert.equal((await control.consoleCancel('C3')).order['state'], 'REVOKED');
  const { ledger } = await control.order('C3');
  const events = ledger.map(({ event }) => event);
  assert.deepEqual(events, ['created', 'completed', 'modified', 'cancelled']);
  assert.deepEqual(await control.notifications('C3'), []);
});

test('refunds in the bill alone', async () => {
  await merchant.bill('C4');
  await control.pay('C4');
  const before = (await merchant.query('C4')).json;
  const { refund } = await control.consoleRefund('C4', 100);
  assert.equal(refund.status, 'PROCESSING');
  assert.deepEqual((await merchant.query('C4')).json, before);
});

test('places the order of another system, which is charged as any other', async () => {
  await control.placeElsewhere('C5');
  assert.equal((await merchant.query('C5')).json.state_description, 'USER_CONFIRM');
  await control.consoleComplete('C5', { total_amount: 100 });
  assert.equal((await control.pay('C5')).order['state'], 'DONE');
});

test('refuses what the order does not allow, and a number that is taken', async () => {
  const isRefused = (status: number) => (error: unknown) =>
    error instanceof ControlRefusal && error.status === status;
  await merchant.serve('C6');
  await assert.rejects(control.consoleModify('C6', { total_amount: 1 }), isRefused(409));
  await assert.rejects(control.placeElsewhere('C6'), isRefused(409));
  await assert.rejects(control.consoleCancel('none'), isRefused(404));
});
