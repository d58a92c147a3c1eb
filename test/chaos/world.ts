/** Everything that an order needs, each part a process of its own and each connection through a proxy. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { createControl } from '../../simulator/control.ts';
import { startSimulator } from '../../simulator/create.ts';
import { prepareNamespace } from '../../worker/namespace.ts';
import { steadyPort } from '../support/port.ts';
import { wechatpayVariables } from '../support/program.ts';
import { keepProgram, type KeptProgram } from './kept-program.ts';
import { keepTemporal } from './kept-temporal.ts';
import { createLogs } from './logs.ts';
import { createOperator } from './operator.ts';
import { startProxy } from './proxy.ts';
import { createReceiver } from './receiver.ts';
import type { Settings } from './settings.ts';
import { builtWith } from './built.ts';
import { createWechatRecord } from './wechat-record.ts';

/** What is not taken is sent again soon. */
const EVENTS_DELAYS = '100ms,300ms,1s,2s';

export type World = Awaited<ReturnType<typeof startWorld>>;

/** @param onStarted hears of everything that must be stopped, the last first, also when the start fails halfway */
export async function startWorld(
  { plant, releases, polls, seed, receiverRate, circumstances: { preset, policies } }: Settings,
  onStarted: (stop: () => Promise<unknown>) => void,
) {
  const folder = await mkdtemp(join(tmpdir(), 'payscore-chaos-'));
  const logs = createLogs(folder);
  const wechatFolder = join(folder, 'simulator');
  await mkdir(wechatFolder);
  const builds = await builtWith({ plant, releases }, folder);

  const record = createWechatRecord();
  const simulator = await startSimulator({
    folder: wechatFolder,
    logger: record.logger,
    preset,
    policies,
  });
  onStarted(() => simulator.stop());
  const wechat = createControl(simulator.url);
  const simulatorPort = Number(new URL(simulator.url).port);
  const [apiPort, ...workerPorts] = [await steadyPort(), await steadyPort(), await steadyPort()];
  const toWechat = await startProxy(() => simulatorPort);
  onStarted(() => toWechat.stop());
  const fromWechat = await startProxy(() => apiPort);
  onStarted(() => fromWechat.stop());

  const receiver = await createReceiver({ folder, seed, rate: receiverRate });
  onStarted(() => receiver.stop());

  const temporal = await keepTemporal(join(folder, 'temporal.db'));
  const temporalPort = Number(temporal.address.split(':')[1]);
  const toTemporal = await startProxy(() => temporalPort);
  onStarted(() => toTemporal.stop());
  const variables = {
    ...wechatpayVariables(simulator.merchant, wechatFolder),
    WECHATPAY_BASE_URL: toWechat.url,
    WECHATPAY_NOTIFY_URL: `${fromWechat.url}/wechatpay/notifications`,
    TEMPORAL_ADDRESS: temporal.address,
    POLL_DELAYS: polls,
    EVENTS_URL: receiver.url,
    EVENTS_SECRET_FILES: receiver.secretFiles.join(','),
    EVENTS_ALSO: 'authorizing,in_service,paying',
    EVENTS_DELAYS,
    LOG_LEVEL: 'debug',
  };
  const program = (
    name: string,
    main: string,
    port: number,
    env: Record<string, string>,
    build = builds.ours,
  ) =>
    keepProgram({
      name,
      main,
      folder: build,
      env: { ...variables, ...env },
      readyUrl: `http://127.0.0.1:${port}/readyz`,
      onLine: logs.of(name),
    });
  const workers = workerPorts.map((port, index) =>
    program(
      `worker ${index + 1}`,
      'dist/worker/main.js',
      port,
      { WORKER_PORT: String(port) },
      index === 0 ? builds.ours : builds.older,
    ),
  );
  const api = program('api', 'dist/api/main.js', apiPort, {
    API_PORT: String(apiPort),
    TEMPORAL_ADDRESS: toTemporal.address,
  });

  const bringUp = async (part: KeptProgram) => {
    onStarted(() => part.stop());
    await part.start();
  };
  await bringUp(temporal);
  const connection = await Connection.connect({ address: temporal.address });
  await prepareNamespace(connection, { namespace: 'default', retentionDays: 1 });
  await connection.close();
  await Promise.all([...workers, api].map(bringUp));
  const operator = createOperator(temporal.address, simulator.merchant.mchid);
  onStarted(() => operator.end());

  return {
    folder,
    /** From which the programs run. */
    build: builds.ours,
    logs,
    record,
    merchant: simulator.merchant,
    wechat,
    policies: await wechat.policies(),
    operator,
    receiver,
    temporalAddress: temporal.address,
    apiUrl: `http://127.0.0.1:${apiPort}`,
    workers,
    api,
    temporal,
    toWechat,
    fromWechat,
    /** Of the API alone: what a worker is told comes over long-lived calls of its own. */
    toTemporal,
    programs: [...workers, api],
    async forget() {
      logs.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
