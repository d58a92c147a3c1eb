/** Our phase of an order: asked when something about it has changed, and never while nothing happens. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'node:test';
import { createAnnouncer, type Change } from '../../simulator/announcer.ts';
import { createPhases } from '../../simulator/merchant/phases.ts';
import { eventually } from '../support/eventually.ts';

/** Longer than a change is followed by looks. */
const QUIET_MS = 4_500;

function arrange(answer: (path: string) => { status: number; body: Record<string, unknown> }) {
  const announcer = createAnnouncer();
  const asked: string[] = [];
  const news: Change[] = [];
  announcer.subscribe((change) => news.push(change));
  const get = async (path: string) => {
    asked.push(path);
    return answer(path);
  };
  const orderOf = (id: string) => (id === 'n1' ? 'A' : undefined);
  return { announcer, asked, news, phases: createPhases({ api: { get }, announcer, orderOf }) };
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

test('of many orders those are kept that were looked at last', async () => {
  const { phases, asked } = arrange(() => ({ status: 200, body: { phase: 'paid' } }));
  for (let i = 0; i < 300; i++) phases.of(`N${i}`);
  await eventually('all asked', async () => asked.length >= 300);
  assert.equal(phases.of('N299')?.phase, 'paid');
  assert.equal(phases.of('N0'), undefined, 'it was forgotten');
  phases.stop();
});
