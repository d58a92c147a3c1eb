/** What a story changes for a while is taken back, also where it is cut off in the middle. Our API takes nothing here. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createControl } from '../../simulator/control.ts';
import { startSimulator, type Simulator } from '../../simulator/create.ts';
import { eventually } from '../support/eventually.ts';
import { ask } from './asked.ts';

const DAY_MS = 86_400_000;

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'story-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

interface Answers {
  readonly get: readonly [status: number, text: string];
  readonly post: readonly [status: number, text: string];
}

/** Reads are answered, and orders are not taken: a story stays where it opens its own. */
const WAITING: Answers = { get: [200, '{}'], post: [503, '{}'] };

async function startApi(t: TestContext, asked: string[], answers: Answers): Promise<string> {
  const server = createServer(({ method, url }, response) => {
    asked.push(`${method} ${url}`);
    const [status, text] = method === 'GET' ? answers.get : answers.post;
    response.writeHead(status).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function arrange(t: TestContext, answers = WAITING) {
  const folder = newFolder(t);
  const asked: string[] = [];
  const merchantSide = { api: await startApi(t, asked, answers) };
  const start = async (at = folder): Promise<Simulator> => {
    const simulator = await startSimulator({ folder: at, merchantSide });
    t.after(() => simulator.stop());
    return simulator;
  };
  /** As if the process ended now. */
  const cutOff = (): string => {
    const copy = newFolder(t);
    cpSync(folder, copy, { recursive: true });
    return copy;
  };
  return { start, cutOff, asked };
}

const play = async ({ url }: Simulator, name: string) =>
  assert.equal((await ask(url, { method: 'POST', path: `/stories/${name}` })).status, 303);

const JSON_ASKED = { accept: 'application/json', 'accept-language': 'en' };

test('faults of a story are gone after its end in the middle, those of others stay', async (t) => {
  const { start, cutOff } = await arrange(t);
  const simulator = await start();
  const people = createControl(simulator.url);
  await people.planFault({ fault: 'cut', call: 'cancel' });
  await play(simulator, 'cut-answer');
  await eventually('planned', async () => (await people.faults()).faults.length === 2);

  const folder = cutOff();
  await simulator.stop();
  for (const again of [await start(folder), await start()]) {
    const { faults } = await createControl(again.url).faults();
    assert.deepEqual(
      faults.map(({ call }) => call),
      ['cancel'],
    );
  }
});

test('the clock and the hour of bills are as before, by the time that has passed', async (t) => {
  const { start, cutOff } = await arrange(t);
  const simulator = await start();
  const people = createControl(simulator.url);
  await people.setClock({ advance_seconds: (5 * DAY_MS) / 1000, factor: 60 });
  await people.setBills({ ready_at: '09:30' });
  const begun = { real: Date.now(), business: simulator.clock.now() };
  await play(simulator, 'morning');
  await eventually('set back', async () => simulator.clock.now() < Date.now());
  assert.equal((await people.billSettings()).ready_at, '00:00');

  const folder = cutOff();
  await simulator.stop();
  for (const again of [await start(folder), await start()]) {
    const expected = begun.business + (Date.now() - begun.real) * 60;
    assert.ok(Math.abs(again.clock.now() - expected) < 10_000, 'a sixth of a second of real time');
    assert.equal((await createControl(again.url).billSettings()).ready_at, '09:30');
  }
});

test('while a story has set the clock back, the desk does not set it', async (t) => {
  const { start } = await arrange(t);
  const simulator = await start();
  const set = () =>
    ask(simulator.url, { method: 'POST', path: '/desk/clock', headers: JSON_ASKED });
  assert.equal((await set()).status, 200);
  await play(simulator, 'morning');
  await eventually('set back', async () => simulator.clock.now() < Date.now() - DAY_MS / 2);
  const { status, text } = await set();
  assert.deepEqual([status, JSON.parse(text).isFault], [409, true]);
  assert.match(text, /set the clock back/);
  assert.ok(simulator.clock.now() < Date.now() - DAY_MS / 2);
});

test('a story that is told to end changes nothing any more', async (t) => {
  const { start, asked } = await arrange(t);
  const simulator = await start();
  await play(simulator, 'cut-answer');
  await eventually('it has begun', async () => asked.length > 0);
  await simulator.stop();
  const before = asked.length;
  await delay(1_500);
  assert.equal(asked.length, before, 'it asks for nothing');
});

/** Where the story is over, within a moment. */
async function told({ url }: Simulator): Promise<string> {
  return await eventually(
    'it is over',
    async () => {
      const { text } = await ask(url, { path: '/stories?lang=en' });
      return text.includes('class="told over"') && text;
    },
    5_000,
  );
}

const REFUSED = '{"type":"urn:payscore-orders:not-created","detail":"…","code":"NO_AUTH"}';

test('where our API refuses, a story says at once what and why, in codes', async (t) => {
  const { start } = await arrange(t, { get: [200, '{}'], post: [422, REFUSED] });
  const simulator = await start();
  await play(simulator, 'cut-answer');
  const refused = /POST \/v1\/service-orders was refused: 422 not-created NO_AUTH/;
  assert.match(await told(simulator), refused);
  assert.deepEqual((await createControl(simulator.url).faults()).faults, []);
});

test('the morning does not begin where it cannot be known which days have a report', async (t) => {
  const { start } = await arrange(t, { get: [403, '{}'], post: [503, '{}'] });
  const simulator = await start();
  await play(simulator, 'morning');
  assert.match(await told(simulator), /GET \/v1\/reconciliations was refused: 403/);
  assert.ok(Math.abs(simulator.clock.now() - Date.now()) < 1_000);
});
