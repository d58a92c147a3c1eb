/** A worker: the workflows' bundle and the activities, joined to one task queue. */
import { Client } from '@temporalio/client';
import {
  Worker,
  type ActivityInterceptorsFactory,
  type InjectedSinks,
  type NativeConnection,
  type WorkerOptions,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import { createAuthorizationPollActivities } from '../activities/await-authorization.ts';
import { createAuthorizationActivities } from '../activities/authorization.ts';
import { createPollingActivities } from '../activities/await-payment.ts';
import { createDetailLinkActivities } from '../activities/detail-link.ts';
import { createEarlierRunActivities } from '../activities/earlier-run.ts';
import { createInquiryActivities } from '../activities/inquiry.ts';
import { createNotificationActivities } from '../activities/notification.ts';
import { createCertificateActivities } from '../activities/platform-certificates.ts';
import {
  createReconciliationActivities,
  type ReconciliationParts,
} from '../activities/reconciliation.ts';
import { createRefundActivities } from '../activities/refund.ts';
import { createServiceOrderActivities } from '../activities/service-order.ts';
import { createSweepActivities } from '../activities/sweep.ts';
import { dataConverterOf } from '../temporal/codec/data-converter.ts';
import type { OrderCodec } from '../temporal/codec/payload-codec.ts';
import { programName } from '../process/program.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';
import type { NotificationOpener } from '../wechatpay/notification.ts';
import { taskQueueOf, type FigureSinks } from '../workflows/contract.ts';
import { createClock, type WorkerClock } from './clock.ts';
import { NO_FIGURES } from './figure-sinks.ts';
import { ofMerchantOnly } from './own-merchant.ts';
import { workflowCodeIn } from './workflow-code.ts';
import { wordsIn } from '../words/catalogue.ts';
import type { Language } from '../words/language.ts';

/**
 * How long an order waits for the worker that has it in memory. Temporal's 10 s are longer than a caller waits: after a worker
 * was killed, what is asked of its orders would be answered 503. Whoever takes over replays the order's history instead, some
 * tens of events; a worker so busy that it does not come in time is helped in the same way.
 */
const STICKY_MS = 2_000;
/** Longer than any call of WeChat Pay takes, so that a deployment cuts none off. */
const GRACE_MS = 20_000;
const FORCE_MS = 30_000;

export interface WorkerParts {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly codec: OrderCodec;
  /** The operator's: what the web UI shows; English unless given. */
  readonly language?: Language | undefined;
  /** Whose orders these are: the worker takes from this merchant's task queue alone. */
  readonly mchid: string;
  readonly wechatpay: WechatpayClient;
  /** What opens notifications. */
  readonly opener: Omit<NotificationOpener, 'now'>;
  readonly clock?: WorkerClock;
  /** Where somebody collects spans. */
  readonly spans?: ActivityInterceptorsFactory;
  /** Takes what is worth counting. */
  readonly figures?: InjectedSinks<FigureSinks>;
  /** Of all workers of the merchant together. */
  readonly callsPerSecond: number;
  readonly pollDelaysMs?: readonly number[] | undefined;
  readonly authorizationDelaysMs?: readonly number[] | undefined;
  /** After so long in service an order is looked at daily. */
  readonly longServiceMs?: number | undefined;
  /** Where the reports of reconciliation are kept. */
  readonly reportFolder: string;
  /** How long they are kept; for ever unless given. */
  readonly retention?: ReconciliationParts['retention'];
  /** Without it, no links to the order page. */
  readonly apiV2Key?: string | undefined;
  /** Default: the build's, or bundled from the sources as the worker starts. */
  readonly workflowBundle?: WorkflowBundleOption;
}

const FOR_EVER: ReconciliationParts['retention'] = { reportDays: undefined, billDays: undefined };

export async function createWorker(parts: WorkerParts): Promise<Worker> {
  return await Worker.create({
    ...workerOptionsOf(parts),
    workflowBundle: await workflowCodeIn(parts.language, parts.workflowBundle),
  });
}

export function workerOptionsOf(parts: WorkerParts) {
  const { connection, namespace, codec, mchid, wechatpay, reportFolder } = parts;
  const { clock = createClock(), figures = NO_FIGURES, callsPerSecond } = parts;
  const taskQueue = taskQueueOf(mchid);
  const dataConverter = dataConverterOf(codec);
  const client = new Client({ connection, namespace, dataConverter });
  const temporal = { client, taskQueue, words: wordsIn(parts.language) };
  const activity = [...(parts.spans ? [parts.spans] : []), ofMerchantOnly(mchid)];
  return {
    connection,
    namespace,
    taskQueue,
    dataConverter,
    activities: {
      ...createAuthorizationActivities(wechatpay),
      ...createCertificateActivities(wechatpay),
      ...createDetailLinkActivities(parts.apiV2Key),
      ...createEarlierRunActivities(temporal),
      ...createInquiryActivities({ ...temporal, wechatpay }),
      ...createNotificationActivities(parts.opener),
      ...createReconciliationActivities({
        ...temporal,
        wechatpay,
        folder: reportFolder,
        retention: parts.retention ?? FOR_EVER,
        program: programName(),
      }),
      ...createRefundActivities({
        wechatpay,
        opener: parts.opener,
        clock,
        delaysMs: parts.pollDelaysMs,
      }),
      ...createServiceOrderActivities(wechatpay, clock, parts.pollDelaysMs),
      ...createSweepActivities({ ...temporal, longMs: parts.longServiceMs }),
      ...createPollingActivities({
        wechatpay,
        delaysMs: parts.pollDelaysMs,
      }),
      ...createAuthorizationPollActivities({
        wechatpay,
        delaysMs: parts.authorizationDelaysMs,
      }),
    },
    interceptors: { activity },
    sinks: { ...clock.sinks, ...figures },
    stickyQueueScheduleToStartTimeout: STICKY_MS,
    // By Temporal, for the whole task queue: what waits longest goes first, and WeChat meets no storm after an outage.
    maxTaskQueueActivitiesPerSecond: callsPerSecond,
    shutdownGraceTime: GRACE_MS,
    shutdownForceTime: FORCE_MS,
  } satisfies WorkerOptions;
}
