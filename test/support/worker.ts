/** A worker in the test's own process, with the workflows bundled once. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
  type InjectedSinks,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import type { Merchant } from '../../simulator/credentials/merchant.ts';
import type { ClientOptions } from '../../wechatpay/client.ts';
import { workerOptionsOf } from '../../worker/create.ts';
import { createEventsWorkers } from '../../worker/events.ts';
import { createSender, type Receiver } from '../../webhooks/sender.ts';
import type { OrderCodec } from '../../temporal/codec/payload-codec.ts';
import { testCodec } from './codec.ts';
import { workflowBundle } from './bundle.ts';
import { createClock } from '../../worker/clock.ts';
import { clientOf, keysOf } from './merchant.ts';
import type { FigureSinks } from '../../workflows/contract.ts';
import { workflowCodeIn } from '../../worker/workflow-code.ts';
import type { Language } from '../../words/language.ts';

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
});

export interface WorkerSetting {
  readonly address: string;
  readonly merchant: Merchant;
  readonly longServiceMs?: number | undefined;
  /** Only reconciliation writes there. */
  readonly reportFolder?: string | undefined;
  readonly pollDelaysMs?: readonly number[] | undefined;
  readonly authorizationDelaysMs?: readonly number[] | undefined;
  readonly apiV2Key?: string | undefined;
  readonly wechatpay?: Partial<ClientOptions>;
  /** An activity that it lacks, as a worker of the release before. */
  readonly without?: string;
  /** Instead of the merchant's own task queue. */
  readonly taskQueue?: string;
  readonly callsPerSecond?: number;
  /** By which the worker signs, and judges what is too late; the machine's unless given. */
  readonly systemNow?: () => number;
  readonly codec?: OrderCodec;
  /** What is worth counting; nothing unless given. */
  readonly figures?: InjectedSinks<FigureSinks>;
  /** Who is told what happens; nobody unless given. */
  readonly receiver?: Receiver | undefined;
  /** For how long one attempt waits for the receiver. */
  readonly receiverTimeoutMs?: number;
  /** Between two attempts to deliver an event. */
  readonly deliveryDelaysMs?: readonly number[];
  /** The operator's. */
  readonly language?: Language | undefined;
  /** Of another release; the present one's unless given. */
  readonly bundle?: WorkflowBundleWithSourceMap;
}

export async function startWorker(setting: WorkerSetting) {
  const { address, merchant, pollDelaysMs, authorizationDelaysMs, apiV2Key } = setting;
  const connection = await NativeConnection.connect({ address });
  const { systemNow } = setting;
  const wechatpay = clientOf(merchant, {
    ...(systemNow && { now: () => new Date(systemNow()) }),
    ...setting.wechatpay,
  });
  const { activities, ...options } = workerOptionsOf({
    connection,
    namespace: 'default',
    codec: setting.codec ?? testCodec(),
    mchid: merchant.mchid,
    wechatpay,
    opener: {
      keys: keysOf(merchant),
      apiV3Keys: { current: Buffer.from(merchant.api_v3_key) },
    },
    clock: createClock(undefined, systemNow),
    ...(setting.figures && { figures: setting.figures }),
    callsPerSecond: setting.callsPerSecond ?? 1_000,
    longServiceMs: setting.longServiceMs,
    reportFolder: setting.reportFolder ?? join(tmpdir(), 'payscore-no-reports'),
    pollDelaysMs,
    authorizationDelaysMs,
    apiV2Key,
    language: setting.language,
  });
  const known = Object.entries(activities).filter(([name]) => name !== setting.without);
  const worker = await Worker.create({
    ...options,
    workflowBundle: await workflowCodeIn(
      setting.language,
      setting.bundle ?? (await workflowBundle()),
    ),
    ...(setting.taskQueue !== undefined && { taskQueue: setting.taskQueue }),
    activities: Object.fromEntries(known),
  });
  const { receiver, receiverTimeoutMs: timeoutMs, deliveryDelaysMs: delaysMs } = setting;
  const sender = receiver && createSender({ ...receiver, timeoutMs });
  const events =
    receiver &&
    (await createEventsWorkers({
      ...{ connection, namespace: 'default', codec: setting.codec ?? testCodec() },
      ...{ mchid: merchant.mchid, sender, delaysMs, language: setting.language },
    }));
  const running = Promise.all([worker, ...(events ?? [])].map((it) => it.run()));
  return {
    /** Drains, as on SIGTERM. */
    async stop() {
      worker.shutdown();
      for (const other of events ?? []) other.shutdown();
      await running;
      await sender?.close();
      await wechatpay.close();
      await connection.close();
    },
  };
}
