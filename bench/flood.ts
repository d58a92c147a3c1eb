/**
 * `npm run bench:flood`: 64 connections of forgeries against the API, kind after kind, for 30 s each (or as many as said), and
 * genuine callbacks meanwhile, twenty a second, each on a connection of its own. How soon those are answered, what the API's
 * process holds at most, and how many lines it logs.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { headOf, watchMemory } from '../test/support/attack.ts';
import { simulatorFolder } from '../test/support/notification.ts';
import { steadyPort } from '../test/support/port.ts';
import { startBuilt, wechatpayVariables } from '../test/support/program.ts';
import { startStack } from '../test/support/stack.ts';
import type { Flood } from './flood/strangers.ts';
import { quantile } from './statistics.ts';

const MS = Number(process.argv[2] ?? 30) * 1_000;
const CONNECTIONS = 64;
const EVERY_MS = 50;
const MEGABYTE = 1_000_000;
const PATH = '/wechatpay/notifications';

const wechat = await simulatorFolder();
const stack = await startStack({ simulator: { folder: wechat.folder } });
const API_PORT = String(await steadyPort());
const url = `http://127.0.0.1:${API_PORT}`;
const variables = {
  ...wechatpayVariables(stack.merchant, wechat.folder),
  TEMPORAL_ADDRESS: stack.temporalServer.address,
  API_PORT,
};

/** By kind: what of a genuine message's headers is kept or changed, how long the body is, and whether it is slow. */
const KINDS = {
  'bad signature': [{ 'wechatpay-nonce': 'another' }, 1_000],
  'unknown serial': [{ 'wechatpay-serial': 'PUB_KEY_ID_0' }, 1_000],
  '1 MB with headers': [{}, MEGABYTE],
  '1 MB without': [undefined, MEGABYTE],
  'slow bodies': [{}, MEGABYTE],
} as const;

console.log(`${CONNECTIONS} connections, ${MS / 1_000} s each`);
try {
  await play('nobody else', undefined);
  for (const [kind, [change, bodyBytes]] of Object.entries(KINDS)) {
    const { headers } = await wechat.notification({ resource: {} });
    const head = headOf(change ? { ...headers, ...change } : {}, bodyBytes);
    const isSlow = kind === 'slow bodies';
    await play(kind, { url, connections: CONNECTIONS, ms: MS, head, bodyBytes, isSlow });
  }
} finally {
  await stack.stop();
  await wechat.remove();
}

/** Against a process of its own each time: memory that one kind took is not counted as the next one's. */
async function play(kind: string, flood: Flood | undefined): Promise<void> {
  const api = await startBuilt('api/main.js', variables);
  await api.saw(/api listens/);
  const most = watchMemory(api.pid);
  const logged = api.lines.length;
  const requests = flood ? sendAll(flood) : Promise.resolve(0);
  const [sent, answers] = await Promise.all([requests, genuineFor(MS)]);
  tell(kind, { sent, answers, logged: api.lines.length - logged, megabytes: await most() });
  await api.end();
}

async function sendAll(flood: Flood): Promise<number> {
  const child = fork(fileURLToPath(new URL('./flood/strangers.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx/esm'],
  });
  child.send(flood);
  const [requests] = (await once(child, 'message')) as [number];
  return requests;
}

interface Answer {
  readonly ms: number;
  readonly status: number | undefined;
}

async function genuineFor(ms: number): Promise<Answer[]> {
  const end = Date.now() + ms;
  const answers: Promise<Answer>[] = [];
  while (Date.now() < end) {
    const { headers, body } = await wechat.notification({ resource: {}, event_type: 'NEW.THING' });
    answers.push(genuine(headers, body));
    await delay(EVERY_MS);
  }
  return await Promise.all(answers);
}

async function genuine(headers: Record<string, string>, body: string): Promise<Answer> {
  const begin = performance.now();
  const asked = request(url + PATH, { method: 'POST', agent: false, headers, timeout: 30_000 });
  const status = await new Promise<number | undefined>((resolve) => {
    asked.once('response', ({ statusCode }) => resolve(statusCode));
    asked.once('timeout', () => asked.destroy());
    asked.once('error', () => resolve(undefined));
    asked.end(body);
  });
  asked.destroy();
  return { ms: performance.now() - begin, status };
}

interface Result {
  readonly sent: number;
  readonly answers: readonly Answer[];
  readonly logged: number;
  readonly megabytes: number;
}

function tell(kind: string, { sent, answers, logged, megabytes }: Result): void {
  const times = answers.map(({ ms }) => ms);
  const at = (share: number) => `${quantile(times, share).toFixed(1)} ms`;
  const failed = answers.filter(({ status }) => status !== 204).length;
  console.log(
    `${kind.padEnd(18)} ${String(sent).padStart(7)} forgeries; genuine: ${failed} of ${answers.length} failed, ` +
      `p50 ${at(0.5)}, p99 ${at(0.99)}; at most ${megabytes.toFixed(0)} MB; ${logged} lines`,
  );
}
