/** What a merchant runs, each part a process of its own so that each is counted alone: workers and APIs, and WeChat Pay's simulator. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { createControl } from '../../simulator/control.ts';
import { builtPrograms } from '../../test/support/build.ts';
import { CODEC_KEY_FILE, TEST_CONVERTER } from '../../test/support/codec.ts';
import { createApiClient } from '../../test/support/api-client.ts';
import { simulatorFolder } from '../../test/support/notification.ts';
import { steadyPort } from '../../test/support/port.ts';
import { startBuiltIn, wechatpayVariables, type Program } from '../../test/support/program.ts';
import { prepareNamespace } from '../../worker/namespace.ts';
import { startProcess } from '../simulator/process.ts';

export type Installation = Awaited<ReturnType<typeof openInstallation>>;

export interface InstallationOptions {
  readonly address: string;
  readonly namespace?: string;
  /** So many processes of each. */
  readonly workers?: number;
  readonly apis?: number;
  /** The folder of another build than that of our sources. */
  readonly programs?: string;
  /** The processors that workers are held to, as `taskset` reads them. */
  readonly cores?: string | undefined;
  /** Of worker and API, beside what every installation has. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Where the workers leave a profile of each of their threads as they end. */
  readonly profile?: string | undefined;
}

export async function openInstallation(options: InstallationOptions) {
  const { address, namespace = 'default', workers: workerCount = 1, apis: apiCount = 1 } = options;
  const { programs = await builtPrograms(), cores, profile } = options;
  const folder = await simulatorFolder();
  const simulator = await startProcess(folder.folder);
  const { merchant } = simulator.told;
  const connection = await Connection.connect({ address });
  await prepareNamespace(connection, { namespace, retentionDays: 1 });

  const reports = await mkdtemp(join(tmpdir(), 'payscore-bench-'));
  const variables = {
    ...wechatpayVariables(merchant, folder.folder),
    CODEC_KEY_FILES: CODEC_KEY_FILE,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    WECHATPAY_CALLS_PER_SECOND: '1000',
    REPORT_FOLDER: reports,
    LOG_LEVEL: 'info',
    ...options.variables,
  };
  const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const startWorker = async () => {
    const WORKER_PORT = String(await steadyPort());
    const env = { ...variables, WORKER_PORT };
    const worker = startBuiltIn(programs, 'worker/main.js', env, ...profiling);
    if (cores !== undefined) await hold(worker, cores);
    await untilOk(`http://127.0.0.1:${WORKER_PORT}/readyz`);
    return worker;
  };
  const startApi = async () => {
    const API_PORT = String(await steadyPort());
    const url = `http://127.0.0.1:${API_PORT}`;
    const api = startBuiltIn(programs, 'api/main.js', {
      ...variables,
      API_PORT,
      API_METRICS_PORT: String(await steadyPort()),
      // Of its own orders each is told by itself.
      WECHATPAY_NOTIFY_URL: `${url}/wechatpay/notifications`,
    });
    await untilOk(`${url}/readyz`);
    return { ...api, client: createApiClient(url).once };
  };
  const startWorkers = () => Promise.all(Array.from({ length: workerCount }, startWorker));
  let workers = await startWorkers();
  const apis = await Promise.all(Array.from({ length: apiCount }, startApi));
  let turn = 0;
  return {
    /** Of the API whose turn it is. */
    api: () => (apis[turn++ % apis.length] ?? raise()).client,
    people: createControl(simulator.told.url),
    mchid: merchant.mchid,
    client: new Client({ connection, namespace, dataConverter: TEST_CONVERTER }),
    pids: () => ({
      worker: workers.map(({ pid }) => pid),
      api: apis.map(({ pid }) => pid),
      simulator: simulator.pid === undefined ? [] : [simulator.pid],
    }),
    /** @returns how long nobody carried orders out, in ms: from the signal until all say that they are ready */
    async restartWorkers(): Promise<number> {
      const begin = performance.now();
      await endAll(workers);
      workers = await startWorkers();
      return performance.now() - begin;
    },
    async close() {
      await endAll(apis);
      await endAll(workers);
      await connection.close();
      await simulator.stop();
      await folder.remove();
      await rm(reports, { recursive: true });
    },
  };
}

async function endAll(programs: readonly Pick<Program, 'end'>[]): Promise<void> {
  await Promise.all(programs.map((program) => program.end()));
}

/** As early as can be: what Node and the SDK size by the processors they have is then sized by these. */
async function hold({ pid }: Pick<Program, 'pid'>, cores: string): Promise<void> {
  const taskset = spawn('taskset', ['--all-tasks', '--cpu-list', '--pid', cores, String(pid)]);
  const [code] = await once(taskset, 'exit');
  if (code !== 0) throw new Error(`taskset ended with ${code}`);
}

async function untilOk(url: string): Promise<void> {
  const isOk = () =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isOk())) await new Promise((resolve) => setTimeout(resolve, 100));
}

function raise(): never {
  throw new Error('there is no API');
}
