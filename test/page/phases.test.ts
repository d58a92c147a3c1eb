/** Our phase of an order: asked when something about it has changed, and never while nothing happens. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'node:test';
import { createAnnouncer, type Change } from '../../simulator/announcer.ts';
import { createPhases } from '../../simulator/merchant/phases.ts';
import { eventually } from '../support/eventually.ts';

/** Longer than a change is followed by looks. */
const QUIET_MS = 4_500;

type Answer = { status: number; body: Record<string, unknown> };

function arrange(answer: (path: string) => Answer | Promise<Answer>) {
  const announcer = createAnnouncer();
  const asked: string[] = [];
  const news: Change[] = [];
  const looking = { isOpen: true };
  announcer.subscribe((change) => news.push(change));
  const get = async (path: string) => {
    asked.push(path);
    return await answer(path);
  };
  const orderOf = (id: string) => (id === 'n1' ? 'A' : undefined);
  const isLookedAt = () => looking.isOpen;
  const phases = createPhases({ api: { get }, announcer, orderOf, isLookedAt });
  return { announcer, asked, news, looking, phases };
}

test('an order is asked about when it is first looked at, then after changes, and else not', async () => {
  let phase = 'in_service';
  const { announcer, asked, news, phases } = arrange(() => ({ status: 200, body: { phase } }));
  announcer.announce({ kind: 'order', key: 'A' });
  assert.equal(phases.of('A'), undefined);
  await eventually('known', async () => phases.of('A')?.phase === 'in_service');
  await delay(600);
  assert.equal(asked.length, 1, 'nothing happens, nobody asks');

  phase = 'paid';
  announcer.announce({ kind: 'order', key: 'B' });
  announcer.announce({ kind: 'notification', key: 'n1' });
  await eventually('paid', async () => phases.of('A')?.phase === 'paid');
  assert.ok(asked.every((path) => path === '/v1/service-orders/A'));
  assert.equal(news.filter(({ kind }) => kind === 'phase').length, 2);
  await delay(QUIET_MS);
  const before = asked.length;
  assert.ok(before <= 6, `${before} times`);
  await delay(600);
  assert.equal(asked.length, before, 'a change is followed for a while');
  phases.stop();
});

test('an order that our API does not know has no phase', async () => {
  const { phases } = arrange(() => ({ status: 404, body: {} }));
  phases.of('A');
  const known = await eventually('asked', async () => phases.of('A'));
  assert.equal(known.phase, undefined);
  phases.stop();
});

test('what could not be asked stays as it was', async () => {
  let status = 200;
  const { announcer, asked, phases } = arrange(() => ({ status, body: { phase: 'paying' } }));
  phases.of('A');
  await eventually('known', async () => phases.of('A'));
  status = 503;
  const before = asked.length;
  announcer.announce({ kind: 'call', key: 'A' });
  await eventually('asked again', async () => asked.length > before);
  assert.equal(phases.of('A')?.phase, 'paying');
  phases.stop();
});

test('what could not be asked is asked again, at growing pauses, until it is answered', async () => {
  let status = 503;
  const at: number[] = [];
  const { asked, phases } = arrange(() => {
    at.push(performance.now());
    return { status, body: { phase: 'paying' } };
  });
  phases.of('A');
  await eventually('asked again', async () => asked.length === 3);
  const [first = 0, second = 0, third = 0] = at;
  assert.ok(second - first > 800 && third - second > 1_800, at.join(' '));
  status = 200;
  await eventually('known', async () => phases.of('A')?.phase === 'paying', 6_000);
  const before = asked.length;
  await delay(QUIET_MS);
  assert.equal(asked.length, before, 'it is answered');
  phases.stop();
});

test('while nobody looks nobody asks; who looks then is told soon', async () => {
  const { asked, looking, phases } = arrange(() => ({ status: 503, body: {} }));
  looking.isOpen = false;
  phases.of('A');
  await delay(2_500);
  assert.equal(asked.length, 1);
  phases.of('A');
  await eventually('asked again', async () => asked.length === 2);
  phases.stop();
});

test('an order is asked about once at a time', async () => {
  let answerIt = (): void => undefined;
  let atOnce = 0;
  let most = 0;
  const { announcer, asked, phases } = arrange(async () => {
    most = Math.max(most, (atOnce += 1));
    await new Promise<void>((resolve) => (answerIt = resolve));
    atOnce -= 1;
    return { status: 200, body: { phase: 'paid' } };
  });
  phases.of('A');
  announcer.announce({ kind: 'order', key: 'A' });
  await delay(1_000);
  assert.equal(asked.length, 1);
  answerIt();
  await eventually('asked once more, for the change', async () => asked.length === 2);
  answerIt();
  assert.equal(most, 1);
  phases.stop();
});

test('of many orders those are kept that were looked at last', async () => {
  const { phases, asked } = arrange(() => ({ status: 200, body: { phase: 'paid' } }));
  for (let i = 0; i < 300; i++) phases.of(`N${i}`);
  await eventually('all asked', async () => asked.length >= 300);
  assert.equal(phases.of('N299')?.phase, 'paid');
  assert.equal(phases.of('N0'), undefined, 'it was forgotten');
  phases.stop();
});
