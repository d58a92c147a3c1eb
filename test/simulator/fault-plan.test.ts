/** Which call a planned fault strikes, what is told about it, and what a restart finds again. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ANSWER_FAULTS, Fault, type AnswerFault } from '../../simulator/faults/answer-faults.ts';
import { NotificationFault } from '../../simulator/faults/notification-faults.ts';
import { createControl } from '../../simulator/control.ts';
import { startSimulator } from '../../simulator/create.ts';
import { newFolder } from './folder.ts';
import { merchantOf, open, OPENID } from './merchant.ts';

test('a fault for one order strikes it by its path, its query and its body, and no other', async (t) => {
  const { control, create, createBody, complete, completeBody, query, pass } = await open(t);
  const plan = () => control.planFault({ fault: 'throttled', out_order_no: 'G1' });
  await plan();
  assert.equal((await create(createBody('G2'))).status, 200);
  assert.equal((await create(createBody('G1'))).status, 429);
  assert.equal((await create(createBody('G1'))).status, 200);
  await plan();
  assert.equal((await query('G2')).status, 200);
  assert.equal((await query('G1')).status, 429);
  pass(3600);
  await plan();
  assert.equal((await complete('G2', completeBody())).status, 200);
  assert.equal((await complete('G1', completeBody())).status, 429);
  assert.deepEqual((await control.faults()).faults, []);
});

test('a fault without a call strikes whichever comes first', async (t) => {
  const { control, permission, create, createBody } = await open(t);
  await control.planFault({ fault: 'throttled', times: 2 });
  assert.equal((await permission(OPENID)).status, 429);
  assert.equal((await create(createBody('G3'))).status, 429);
  assert.equal((await create(createBody('G3'))).status, 200);
});

test('every fault strikes a GET, and the next one is answered', async (t) => {
  const { control, create, createBody, query } = await open(t);
  await create(createBody('G4'));
  const faults = Fault.options.filter((fault) => fault !== 'oversized' && fault !== 'gzip-bomb');
  for (const fault of faults) {
    const refusal = fault === 'refused' ? 'system' : undefined;
    await control.planFault({ fault, delay_seconds: 0.01, ...(refusal && { refusal }) });
    await query('G4').catch(() => undefined); // cut, or an answer that Node does not take
    assert.equal((await query('G4')).status, 200, fault);
  }
  const { calls } = (await control.faults()).injected;
  assert.deepEqual(calls, Object.fromEntries(faults.map((fault) => [fault, 1])));
});

test('what was planned, counted and executed late is found again after a restart', async (t) => {
  const folder = newFolder(t);
  const first = await startSimulator({ folder });
  const before = createControl(first.url);
  await before.planFault({ fault: 'throttled', call: 'permission', times: 3 });
  await before.planNotificationFault({ fault: 'lost', out_order_no: 'G5' });
  await before.randomFaults({ seed: 7, rate: 0 });
  await before.limitRate({ calls_per_second: 50 });
  await merchantOf(first).permission(OPENID);
  await first.stop();

  const second = await startSimulator({ folder });
  t.after(() => second.stop());
  const told = await createControl(second.url).faults();
  assert.deepEqual(told.faults, [{ fault: 'throttled', call: 'permission', times: 2 }]);
  assert.deepEqual(told.notification_faults, [{ fault: 'lost', out_order_no: 'G5', times: 1 }]);
  assert.equal(told.random?.seed, 7);
  assert.deepEqual(told.injected.calls, { throttled: 1 });
  assert.deepEqual(await createControl(second.url).limitRate({}), {});
});

test('clearing ends planned faults of calls and notifications and those by chance, and keeps the counts', async (t) => {
  const { control, permission } = await open(t);
  await control.planFault({ fault: 'throttled' });
  await control.planNotificationFault({ fault: 'lost' });
  await control.randomFaults({ rate: 1, faults: ['throttled'] });
  await permission(OPENID);
  const told = await control.clearFaults();
  assert.deepEqual([told.faults, told.notification_faults, told.random], [[], [], null]);
  assert.deepEqual(told.injected.calls, { throttled: 1 });
  assert.equal((await permission(OPENID)).status, 200);
});

const rows = readFileSync(new URL('../../docs/simulator/faults.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const rowOf = (fault: string) => rows.filter(([, name]) => name === `\`${fault}\``);

test('the document says of every fault whether the call is executed', () => {
  for (const fault of Fault.options) {
    const row: AnswerFault = ANSWER_FAULTS[fault];
    const executed = rowOf(fault).map((cells) => cells[2]);
    assert.ok(executed.includes(row.executed), fault);
  }
});

test('the document names every fault, and only tests that exist', () => {
  for (const fault of [...Fault.options, ...NotificationFault.options]) {
    assert.ok(rowOf(fault).length > 0, fault);
  }
  const named = rows.map((cells) => /^`([\w-]+)`: (.+)$/.exec(cells.at(-2) ?? ''));
  const references = named.filter((reference) => reference !== null);
  assert.ok(references.length > Fault.options.length + NotificationFault.options.length);
  for (const [reference, file, title = ''] of references) {
    const text = readFileSync(new URL(`./${file}.test.ts`, import.meta.url), 'utf8');
    assert.ok(text.includes(title), reference);
  }
});
