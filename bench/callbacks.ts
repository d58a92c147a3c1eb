/**
 * `npm run bench:callbacks`: how soon a callback is answered (received, verified, decrypted, handed to its order, answered),
 * beside two floors in a process of their own: the same RSA, AES and request to Temporal in a loop, and the same behind Node's
 * own HTTP server. One at a time and eight at once, in turn within one run; then with 64 connections of forgeries beside it. No
 * worker runs: what an order does with it comes afterwards.
 *
 *     npm run bench:callbacks -- [--rounds 5] [--profile folder]
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Agent, request } from 'node:http';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { newNumber } from '../test/support/orders.ts';
import { headOf } from '../test/support/attack.ts';
import { simulatorFolder } from '../test/support/notification.ts';
import { steadyPort } from '../test/support/port.ts';
import { startBuilt, wechatpayVariables } from '../test/support/program.ts';
import { startTemporal } from '../local/servers/temporal-server.ts';
import { startSimulator } from '../simulator/create.ts';
import { prepareNamespace } from '../worker/namespace.ts';
import { SERVICE_ORDER, taskQueueOf, workflowIdOf } from '../workflows/contract.ts';
import type { Delivery, Floor } from './callbacks/floor.ts';
import { manyAtOnce } from './at-once.ts';
import { median, quantile } from './statistics.ts';

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, profile: { type: 'string' } },
});
const ROUNDS = Number(options.rounds);
const DELIVERIES = 400;
const CONNECTIONS = 64;
const PATH = '/wechatpay/notifications';

const wechat = await simulatorFolder();
const simulator = await startSimulator({ folder: wechat.folder });
const { merchant } = simulator;
const server = await startTemporal();
const connection = await Connection.connect({ address: server.address });
await prepareNamespace(connection, { namespace: 'default', retentionDays: 1 });
const client = new Client({ connection });
const API_PORT = String(await steadyPort());
const url = `http://127.0.0.1:${API_PORT}`;
const { profile } = options;
const api = await startBuilt(
  'api/main.js',
  { ...wechatpayVariables(merchant, wechat.folder), TEMPORAL_ADDRESS: server.address, API_PORT },
  ...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]),
);
const floor = child('./callbacks/floor.ts');

try {
  await api.saw(/api listens/);
  const told: Floor = {
    address: server.address,
    mchid: merchant.mchid,
    folder: wechat.folder,
  };
  floor.send(told);
  const [floorUrl] = (await once(floor, 'message')) as [string];
  for (const atOnce of [1, 8]) {
    await compare(`${atOnce} at once`, atOnce, floorUrl);
  }
  const strangers = child('./flood/strangers.ts');
  const { headers } = await wechat.notification({ resource: {} });
  const head = headOf({ ...headers, 'wechatpay-nonce': 'another' }, 1_000);
  const flood = {
    url,
    connections: CONNECTIONS,
    ms: 60_000,
    head,
    bodyBytes: 1_000,
    isSlow: false,
  };
  strangers.send(flood);
  await compare(`1 at once, ${CONNECTIONS} connections of forgeries`, 1, floorUrl);
  strangers.kill();
} finally {
  floor.disconnect();
  await api.end();
  await simulator.stop();
  await connection.close();
  await server.stop();
  await wechat.remove();
}

async function compare(how: string, atOnce: number, floorUrl: string): Promise<void> {
  const rounds: Record<'api' | 'loop' | 'server', number[]>[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const ended = once(floor, 'message');
    floor.send({ deliveries: await deliveries(), atOnce });
    const [loop] = (await ended) as [number[]];
    const bare = await sendAll(floorUrl, await deliveries(), atOnce);
    const answered = await sendAll(url + PATH, await deliveries(), atOnce);
    rounds.push({ api: answered, loop, server: bare });
  }
  const told = (['api', 'server', 'loop'] as const).map((of) => {
    const at = (share: number) => median(rounds.map((round) => quantile(round[of], share)));
    const ratio = median(rounds.map((round) => median(round.api) / median(round[of])));
    return `${of} p50 ${at(0.5).toFixed(2)} ms, p99 ${at(0.99).toFixed(2)} (API's p50: ${ratio.toFixed(2)} of it)`;
  });
  console.log(`${how}: ${told.join('; ')}; medians of ${ROUNDS} rounds`);
}

/** Each about an order of its own, which nobody carries on. */
async function deliveries(): Promise<Delivery[]> {
  const { mchid, appid, service_id } = merchant;
  return await Promise.all(
    Array.from({ length: DELIVERIES }, async () => {
      const out_order_no = newNumber();
      await client.workflow.start(SERVICE_ORDER, {
        workflowId: workflowIdOf(mchid, out_order_no),
        taskQueue: taskQueueOf(mchid),
      });
      const resource = { mchid, appid, service_id, out_order_no, state: 'DONE' };
      return await wechat.notification({ resource });
    }),
  );
}

async function sendAll(to: string, all: readonly Delivery[], atOnce: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const times: number[] = [];
  await manyAtOnce(all.length, atOnce, async (index) => {
    const { headers, body } = all[index] as Delivery;
    const begin = performance.now();
    const asked = request(to, { method: 'POST', agent, headers });
    asked.end(body);
    const [response] = await once(asked, 'response');
    response.resume();
    await once(response, 'end');
    times.push(performance.now() - begin);
    if (response.statusCode !== 204) throw new Error(`answered ${response.statusCode}`);
  });
  agent.destroy();
  return times;
}

function child(module: string): ChildProcess {
  return fork(fileURLToPath(new URL(module, import.meta.url)), {
    execArgv: ['--import', 'tsx/esm'],
  });
}
