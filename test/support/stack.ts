/** The whole product in one test process: Temporal, simulator, worker and API, all real, on free ports. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection, type WorkflowClientInterceptor } from '@temporalio/client';
import { pino } from 'pino';
import { createAdmission } from '../../api/admission/admission.ts';
import type { Bounds } from '../../api/admission/limit.ts';
import { createTaking } from '../../api/admission/taking.ts';
import { createApp, type ApiParts } from '../../api/app.ts';
import { closedFor } from '../../api/door/closed.ts';
import { keyIn } from '../../api/http/api-keys.ts';
import type { ApiKey } from '../../config/api-keys.ts';
import { createDoor } from '../../api/door/server.ts';
import type { TemporalOptions } from '../../local/servers/temporal-server.ts';
import type { Service } from '../../payscore/order/opening.ts';
import { createControl } from '../../simulator/control.ts';
import type { SimulatorOptions } from '../../simulator/create.ts';
import { startTestSimulator } from './simulator.ts';
import { createMetrics } from '../../process/metrics.ts';
import { createReportStore } from '../../reconciliation/report/store.ts';
import {
  eventsWorkflowIdOf,
  taskQueueOf,
  workflowIdOf,
  type EventsWorkflow,
  type ServiceOrderWorkflow,
} from '../../workflows/contract.ts';
import { opened, SECRET, TEST_CONVERTER, testCodec } from './codec.ts';
import { createApiClient } from './api-client.ts';
import { heldToDocument } from './documented.ts';
import { dataConverterOf } from '../../temporal/codec/data-converter.ts';
import type { OrderCodec } from '../../temporal/codec/payload-codec.ts';
import { keysOf } from './merchant.ts';
import { devServer, type RunningServer } from './shared-temporal.ts';
import { startWorker, type WorkerSetting } from './worker.ts';
import { wordsIn } from '../../words/catalogue.ts';
import type { Language } from '../../words/language.ts';

export interface StackOptions {
  /** Of how many requests are let in at once. */
  readonly admission?: Partial<Bounds>;
  /** By which it is measured how soon requests are taken, in ms; the machine's unless given. */
  readonly takingNow?: () => number;
  /** As after the loss of Temporal's store. */
  readonly openingsMayExist?: boolean;
  /** Instead of a development server. */
  readonly server?: RunningServer;
  readonly simulator?: SimulatorOptions;
  /** That are served beside the simulator's own, which is the first; WeChat Pay knows them as well. */
  readonly services?: readonly Pick<Service, 'appid' | 'service_id'>[];
  /** Of Temporal's client. */
  readonly interceptors?: readonly WorkflowClientInterceptor[];
  /** Of a development server of its own, which alone may be stopped. */
  readonly temporal?: TemporalOptions;
  readonly pollDelaysMs?: readonly number[];
  /** Business code is told what happens, of these phases too; nothing unless given. */
  readonly events?: Service['events'];
  /** Of the API; under the tests' key unless given. */
  readonly codec?: OrderCodec;
  /** Of pages that may ask for what Temporal stores. */
  readonly codecOrigins?: readonly string[];
  /** Those who are let in; everybody from this machine unless given. */
  readonly apiKeys?: readonly ApiKey[];
  /** The key that business code sends. */
  readonly apiSecret?: string;
  /** The operator's; English unless given. */
  readonly language?: Language;
}

/** What is answered within a second takes ten on a machine that runs everything at once. */
const PATIENCE_MS = 20_000;

/** A busy machine takes requests late, which is nothing to most tests. */
const NOBODY_KEPT_OUT: Partial<Bounds> = { floor: 64 };

export type Stack = Awaited<ReturnType<typeof startStack>>;

export async function startStack(options: StackOptions = {}) {
  const temporalServer = options.server ?? (await devServer(options.temporal));
  const { address } = temporalServer;
  const { apiKeys } = options;
  const simulator = await startTestSimulator(options.simulator);
  const { merchant } = simulator;

  const connection = await Connection.connect({ address, interceptors: [] });
  await temporalServer.prepare(connection);
  const taking = createTaking(options.takingNow);
  const client = new Client({
    connection,
    dataConverter: options.codec ? dataConverterOf(options.codec) : TEST_CONVERTER,
    interceptors: { workflow: [taking.interceptor, ...(options.interceptors ?? [])] },
  });

  const logs: Record<string, unknown>[] = [];
  const logger = pino(
    { level: 'debug' },
    { write: (line: string) => void logs.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const metrics = createMetrics();
  const onClosed = closedFor('connections', { metrics, logger });
  const [server, hastyServer] = [createDoor({ onClosed }), createDoor({ onClosed })];
  const [url, hastyUrl] = [await listening(server), await listening(hastyServer)];
  const { mchid, appid, service_id } = merchant;
  const { events } = options;
  const service: Service = {
    ...{ mchid, appid, service_id, notify_url: `${url}/wechatpay/notifications` },
    ...(events && { events }),
  };
  const services: [Service, ...Service[]] = [service];
  for (const other of options.services ?? []) services.push({ ...service, ...other });
  const { language } = options;
  const temporal = { client, taskQueue: taskQueueOf(mchid), mchid, words: wordsIn(language) };
  const people = createControl(simulator.url);
  await openServices(people, services);
  const reportFolder = await mkdtemp(join(tmpdir(), 'payscore-reports-'));
  const reports = createReportStore(join(reportFolder, mchid));
  const parts: ApiParts = {
    temporal,
    services,
    opener: {
      keys: keysOf(merchant),
      apiV3Keys: { current: Buffer.from(merchant.api_v3_key) },
      now: () => new Date(),
      onUnverified: metrics.countUnverified('notification'),
    },
    apiKeys: apiKeys && {
      find: (secret) => keyIn(apiKeys, secret),
      named: (name) => apiKeys.find((key) => key.name === name),
    },
    codec: {
      codec: options.codec ?? testCodec(),
      secret: SECRET,
      origins: options.codecOrigins ?? [],
    },
    openingsMayExist: options.openingsMayExist,
    admit: createAdmission({
      temporal,
      taking,
      metrics,
      bounds: options.admission ?? NOBODY_KEPT_OUT,
    }),
    reports,
    metrics,
    logger,
  };
  const undocumented: string[] = [];
  const held = heldToDocument((fault) => undocumented.push(fault));
  const patient = { ...temporal, patienceMs: PATIENCE_MS };
  server.on('request', held).on('request', createApp({ ...parts, temporal: patient }));
  hastyServer.on('request', held).on('request', createApp(parts));

  const run = (out_order_no: string) =>
    client.workflow.getHandle<ServiceOrderWorkflow>(workflowIdOf(mchid, out_order_no));
  const { pollDelaysMs } = options;
  const hasty = createApiClient(hastyUrl, options.apiSecret);

  return {
    temporalServer,
    simulator,
    merchant,
    temporal,
    /** As they are configured: whoever takes one away configures otherwise. */
    services,
    client,
    url,
    reportFolder,
    reports,
    /** What it counted, as Prometheus reads it. */
    figures: () => metrics.text(),
    /** What the API logged. */
    logs,
    /** `once` is as hasty: who wants to see a refusal wants the product's own. */
    api: { ...createApiClient(url, options.apiSecret), once: hasty.once },
    /** The same for callers that are kept waiting no longer than the product does, and are told 202 then. */
    hasty,
    people,
    run,
    /** Of its events. */
    lane: (out_order_no: string) =>
      client.workflow.getHandle<EventsWorkflow>(eventsWorkflowIdOf(mchid, out_order_no)),
    /** Its events, with what they hold opened. */
    async historyOf(out_order_no: string) {
      return await opened((await run(out_order_no).fetchHistory()).events ?? []);
    },
    startWorker: (other: Partial<Omit<WorkerSetting, 'address'>> = {}) =>
      startWorker({
        address,
        merchant,
        reportFolder,
        pollDelaysMs,
        apiV2Key: merchant.api_v2_key,
        language,
        ...other,
      }),
    async stop() {
      for (const door of [server, hastyServer]) {
        door.close();
        door.closeAllConnections();
      }
      await simulator.stop();
      await connection.close();
      await temporalServer.stop();
      await rm(reportFolder, { recursive: true, force: true });
      assert.deepEqual(undocumented, [], 'answers that are not as /openapi.json says');
    },
  };
}

async function listening(server: ReturnType<typeof createDoor>): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A service may have several applications. */
async function openServices(
  people: ReturnType<typeof createControl>,
  services: readonly Service[],
): Promise<void> {
  if (services.length === 1) return;
  for (const { service_id } of services) {
    const ofIt = services.filter((service) => service.service_id === service_id);
    await people.openService(service_id, { appids: ofIt.map(({ appid }) => appid) });
  }
}

/** The merchant's runs that Temporal lists, a moment after they have begun or ended. */
export async function runsOf(
  { client, temporal }: Pick<Stack, 'client' | 'temporal'>,
  query: string,
) {
  const runs = [];
  const own = `${query} AND TaskQueue = '${temporal.taskQueue}'`;
  for await (const run of client.workflow.list({ query: own })) runs.push(run);
  return runs;
}
