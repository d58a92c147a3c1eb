/** Each part a process of its own, so that each is counted alone: Temporal, simulator, worker, API, and what runs the bare workflow. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { startTemporal, type TemporalOptions } from '../../local/servers/temporal-server.ts';
import { createControl } from '../../simulator/control.ts';
import { CODEC_KEY_FILE, TEST_CONVERTER } from '../../test/support/codec.ts';
import { createApiClient } from '../../test/support/api-client.ts';
import { simulatorFolder } from '../../test/support/notification.ts';
import { steadyPort } from '../../test/support/port.ts';
import { startBuilt, wechatpayVariables } from '../../test/support/program.ts';
import { prepareNamespace } from '../../worker/namespace.ts';
import { startProcess } from '../simulator/process.ts';
import { startBare } from './bare/start.ts';

export type Stage = Awaited<ReturnType<typeof openStage>>;

export interface StageOptions {
  readonly temporal?: TemporalOptions;
  /** Where the worker leaves a profile of each of its threads as it ends. */
  readonly profile?: string | undefined;
}

export async function openStage({ temporal, profile }: StageOptions = {}) {
  const metricsPort = await steadyPort();
  const server = await startTemporal({ ...temporal, metricsPort });
  const folder = await simulatorFolder();
  const simulator = await startProcess(folder.folder);
  const { merchant } = simulator.told;
  const connection = await Connection.connect({ address: server.address });
  await prepareNamespace(connection, { namespace: 'default', retentionDays: 1 });

  const api_port = String(await steadyPort());
  const worker_port = String(await steadyPort());
  const url = `http://127.0.0.1:${api_port}`;
  const reports = await mkdtemp(join(tmpdir(), 'payscore-bench-'));
  const variables = {
    ...wechatpayVariables(merchant, folder.folder),
    CODEC_KEY_FILES: CODEC_KEY_FILE,
    TEMPORAL_ADDRESS: server.address,
    API_PORT: api_port,
    API_METRICS_PORT: String(await steadyPort()),
    WORKER_PORT: worker_port,
    WECHATPAY_NOTIFY_URL: `${url}/wechatpay/notifications`,
    WECHATPAY_CALLS_PER_SECOND: '1000',
    REPORT_FOLDER: reports,
    LOG_LEVEL: 'info',
  };
  const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const startWorker = async () => {
    const worker = await startBuilt('worker/main.js', variables, ...profiling);
    await untilOk(`http://127.0.0.1:${worker_port}/readyz`);
    return worker;
  };
  let worker = await startWorker();
  const api = await startBuilt('api/main.js', variables);
  await untilOk(`${url}/readyz`);
  const bare = await startBare(server.address);
  return {
    server: {
      pid: server.pid ?? Number.NaN,
      metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    },
    api: createApiClient(url),
    people: createControl(simulator.told.url),
    mchid: merchant.mchid,
    client: new Client({ connection, dataConverter: TEST_CONVERTER }),
    bare,
    pids: () => ({
      server: server.pid,
      worker: worker.pid,
      api: api.pid,
      simulator: simulator.pid,
    }),
    /** @returns how long nobody carried orders out, in ms: from the signal until it says that it is ready */
    async restartWorker(): Promise<number> {
      const begin = performance.now();
      await worker.end();
      worker = await startWorker();
      return performance.now() - begin;
    },
    async close() {
      await bare.stop();
      await api.end();
      await worker.end();
      await connection.close();
      await simulator.stop();
      await server.stop();
      await folder.remove();
      await rm(reports, { recursive: true });
    },
  };
}

async function untilOk(url: string): Promise<void> {
  const isOk = () =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isOk())) await new Promise((resolve) => setTimeout(resolve, 100));
}
