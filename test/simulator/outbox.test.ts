/** Thousands of notifications at once: how many are under way, and how it ends. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { createBusinessClock } from '../../simulator/business-clock.ts';
import { openJournal } from '../../simulator/journal.ts';
import type { Delivery } from '../../simulator/notifications/delivery.ts';
import type { Notification } from '../../simulator/notifications/notification.ts';
import { createOutbox } from '../../simulator/notifications/outbox.ts';
import { until } from './receiver.ts';

type Test = { after(fn: () => void): void };

const notification = (i: number, due_ms: number): Notification => ({
  id: `id-${i}`,
  event_type: 'PAYSCORE.USER_PAID',
  summary: '',
  create_time: '',
  out_order_no: `O${i % 10}`,
  notify_url: 'http://127.0.0.1:9/',
  resource: {},
  nonce: 'a'.repeat(12),
  state: 'pending',
  scheduled_sends: 0,
  due_ms,
  attempts: [],
});

function openOutbox(t: Test, attempt: Delivery['attempt']) {
  const journal = openJournal(undefined);
  const clock = createBusinessClock(journal.collection('clock'), undefined);
  const outbox = createOutbox({
    notifications: journal.collection('notification'),
    settings: journal.collection('outbox'),
    delivery: { attempt, stop: async () => undefined },
    faults: { take: () => undefined },
    clock,
    logger: pino({ level: 'silent' }),
  });
  t.after(() => {
    clock.stop();
    journal.close();
  });
  return { outbox, clock };
}

test('waits for no more than 200 receivers at once, and comes to all of them', async (t) => {
  const silent: (() => void)[] = [];
  let most = 0;
  let underWay = 0;
  const { outbox, clock } = openOutbox(t, async () => {
    most = Math.max(most, (underWay += 1));
    if (silent.length < 500) await new Promise<void>((resolve) => silent.push(resolve));
    underWay -= 1;
    return { time: '', status: 204 };
  });
  for (let i = 0; i < 1000; i++) outbox.add(notification(i, clock.now()));
  await until(() => underWay === 200);
  const answering = setInterval(() => silent.splice(0, 50).forEach((resolve) => resolve()), 5);
  t.after(() => clearInterval(answering));
  await until(() => outbox.all().every(({ state }) => state === 'delivered'));
  assert.equal(most, 200);
});

test('sends what is due in the order of times, whatever was added first', async (t) => {
  const sent: string[] = [];
  const { outbox, clock } = openOutbox(t, async ({ id }) => {
    sent.push(id);
    return { time: '', status: 204 };
  });
  const start = clock.now() + 3_600_000;
  for (const i of [3, 1, 2, 0]) outbox.add(notification(i, start + i));
  clock.set({ now: new Date(start + 10) });
  await until(() => sent.length === 4);
  assert.deepEqual(sent, ['id-0', 'id-1', 'id-2', 'id-3']);
});

test('finds the notifications of one order among many, in the order of their making', (t) => {
  const { outbox, clock } = openOutbox(t, async () => ({ time: '', status: 204 }));
  for (let i = 0; i < 100; i++) outbox.add(notification(i, clock.now() + 1e9));
  assert.deepEqual(
    outbox.about('O3').map(({ id }) => id),
    Array.from({ length: 10 }, (_, n) => `id-${10 * n + 3}`),
  );
  assert.deepEqual(outbox.about('none'), []);
});

test('ends at once with thousands pending, and records nothing afterwards', async (t) => {
  let answer = () => undefined as void;
  const { outbox, clock } = openOutbox(t, async () => {
    await new Promise<void>((resolve) => (answer = resolve));
    return { time: '', status: 500 };
  });
  for (let i = 0; i < 5000; i++) outbox.add(notification(i, clock.now() + (i === 0 ? 0 : 1e9)));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const start = performance.now();
  await outbox.stop();
  assert.ok(performance.now() - start < 1000);
  answer();
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepEqual(outbox.get('id-0')?.attempts, []);
});
