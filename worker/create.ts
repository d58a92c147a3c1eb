/** A worker: the workflows' bundle and the activities, joined to one task queue. */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker, type NativeConnection, type WorkflowBundleOption } from '@temporalio/worker';
import { createAuthorizationPollActivities } from '../activities/await-authorization.ts';
import { createAuthorizationActivities } from '../activities/authorization.ts';
import { createPollingActivities } from '../activities/await-payment.ts';
import { createDetailLinkActivities } from '../activities/detail-link.ts';
import { createCertificateActivities } from '../activities/platform-certificates.ts';
import { createServiceOrderActivities } from '../activities/service-order.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';
import { TASK_QUEUE } from '../workflows/contract.ts';

/** Longer than any call of WeChat Pay takes, so that a deployment cuts none off. */
const GRACE_MS = 20_000;
const FORCE_MS = 30_000;

export interface WorkerParts {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly wechatpay: WechatpayClient;
  readonly taskQueue?: string;
  readonly pollDelaysMs?: readonly number[] | undefined;
  readonly authorizationDelaysMs?: readonly number[] | undefined;
  /** Without it, no links to the order page. */
  readonly apiV2Key?: string | undefined;
  /** Built before; otherwise the worker bundles the workflows as it starts. */
  readonly workflowBundle?: WorkflowBundleOption;
}

/** Where the workflows begin, in sources and in a build alike. */
export const WORKFLOWS_PATH = fileURLToPath(
  new URL(`../workflows/bundle${extname(import.meta.url)}`, import.meta.url),
);

export async function createWorker(parts: WorkerParts): Promise<Worker> {
  const { connection, namespace, wechatpay, workflowBundle } = parts;
  return await Worker.create({
    connection,
    namespace,
    taskQueue: parts.taskQueue ?? TASK_QUEUE,
    ...(workflowBundle ? { workflowBundle } : { workflowsPath: WORKFLOWS_PATH }),
    activities: {
      ...createAuthorizationActivities(wechatpay),
      ...createCertificateActivities(wechatpay),
      ...createDetailLinkActivities(parts.apiV2Key),
      ...createServiceOrderActivities(wechatpay),
      ...createPollingActivities({
        wechatpay,
        delaysMs: parts.pollDelaysMs,
      }),
      ...createAuthorizationPollActivities({
        wechatpay,
        delaysMs: parts.authorizationDelaysMs,
      }),
    },
    shutdownGraceTime: GRACE_MS,
    shutdownForceTime: FORCE_MS,
  });
}
