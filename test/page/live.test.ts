/** Open pages: they are sent what has changed, soon after it has, and nothing else; there are only so many. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'node:test';
import { createControl } from '../../simulator/control.ts';
import { eventually } from '../support/eventually.ts';
import { startTestSimulator } from '../support/simulator.ts';

type Test = { after(fn: () => Promise<void>): void };

async function start(t: Test) {
  const simulator = await startTestSimulator();
  t.after(async () => await simulator.stop());
  return { url: simulator.url, control: createControl(simulator.url) };
}

/** What a page was sent so far: the ids of parts, and their HTML. */
async function listen(url: string, path: string) {
  const ending = new AbortController();
  const headers = { accept: 'text/event-stream' };
  const answer = await fetch(`${url}${path}`, { headers, signal: ending.signal });
  assert.match(answer.headers.get('content-type') ?? '', /^text\/event-stream/);
  const sent: { id: string; html: string }[] = [];
  let isOver = false;
  const reading = (async () => {
    let rest = '';
    for await (const chunk of answer.body ?? []) {
      const events = (rest + Buffer.from(chunk).toString()).split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) sent.push(JSON.parse(event.replace(/^data: /, '')));
    }
  })();
  reading.catch(() => undefined).finally(() => (isOver = true));
  return { sent, end: () => ending.abort(), isOver: () => isOver };
}

test('a page is sent all of itself at first, then the parts that changed', async (t) => {
  const { url, control } = await start(t);
  const desk = await listen(url, '/desk');
  await eventually('all', async () => desk.sent.some(({ id }) => id === 'faults'));
  const before = desk.sent.length;
  await control.planFault({ fault: 'cut', call: 'create' });
  await eventually('planned', async () => desk.sent.length > before);
  await delay(300);
  assert.deepEqual(
    desk.sent.slice(before).map(({ id }) => id),
    ['planned'],
  );
  assert.match(desk.sent.at(-1)?.html ?? '', /cut/);
  desk.end();
});

test('changes that come together are sent together', async (t) => {
  const { url, control } = await start(t);
  const desk = await listen(url, '/desk');
  await eventually('all', async () => desk.sent.some(({ id }) => id === 'faults'));
  const before = desk.sent.length;
  await Promise.all(Array.from({ length: 20 }, () => control.planFault({ fault: 'cut' })));
  await delay(400);
  const sent = desk.sent.slice(before).filter(({ id }) => id === 'planned').length;
  assert.ok(sent >= 1 && sent <= 10, `${sent} times, of 20 changes`);
  desk.end();
});

test('nothing is sent while nothing happens', async (t) => {
  const { url } = await start(t);
  const desk = await listen(url, '/desk');
  await eventually('all', async () => desk.sent.some(({ id }) => id === 'faults'));
  const before = desk.sent.length;
  await delay(1_200);
  assert.equal(desk.sent.length, before);
  desk.end();
});

test('of very many pages the oldest are let go, and the end of the simulator ends all', async (t) => {
  const simulator = await startTestSimulator();
  t.after(async () => await simulator.stop());
  const pages: Awaited<ReturnType<typeof listen>>[] = [];
  for (let i = 0; i < 26; i++) pages.push(await listen(simulator.url, '/stories'));
  await eventually('two are gone', async () => pages[0]?.isOver() && pages[1]?.isOver());
  assert.equal(pages.filter((page) => page.isOver()).length, 2);
  const begun = performance.now();
  await simulator.stop();
  assert.ok(performance.now() - begun < 900, 'nobody is waited for');
  await eventually('all are gone', async () => pages.every((page) => page.isOver()));
});
