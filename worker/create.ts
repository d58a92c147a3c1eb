/** A worker: the workflows' bundle and the activities, joined to one task queue. */
import { Client } from '@temporalio/client';
import { Worker, type NativeConnection, type WorkflowBundleOption } from '@temporalio/worker';
import { createAuthorizationPollActivities } from '../activities/await-authorization.ts';
import { createAuthorizationActivities } from '../activities/authorization.ts';
import { createPollingActivities } from '../activities/await-payment.ts';
import { createDetailLinkActivities } from '../activities/detail-link.ts';
import { createCertificateActivities } from '../activities/platform-certificates.ts';
import { createReconciliationActivities } from '../activities/reconciliation.ts';
import { createServiceOrderActivities } from '../activities/service-order.ts';
import { createSweepActivities } from '../activities/sweep.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';
import { TASK_QUEUE } from '../workflows/contract.ts';
import { WORKFLOW_CODE } from './workflow-code.ts';

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
  /** After so long in service an order is looked at daily. */
  readonly longServiceMs?: number | undefined;
  /** Where the reports of reconciliation are kept. */
  readonly reportFolder: string;
  /** Without it, no links to the order page. */
  readonly apiV2Key?: string | undefined;
  /** Default: the build's, or bundled from the sources as the worker starts. */
  readonly workflowBundle?: WorkflowBundleOption;
}

export async function createWorker(parts: WorkerParts): Promise<Worker> {
  const { connection, namespace, wechatpay, workflowBundle, reportFolder } = parts;
  const taskQueue = parts.taskQueue ?? TASK_QUEUE;
  const client = new Client({ connection, namespace });
  return await Worker.create({
    connection,
    namespace,
    taskQueue,
    ...(workflowBundle ? { workflowBundle } : WORKFLOW_CODE),
    activities: {
      ...createAuthorizationActivities(wechatpay),
      ...createCertificateActivities(wechatpay),
      ...createDetailLinkActivities(parts.apiV2Key),
      ...createReconciliationActivities({ wechatpay, client, taskQueue, folder: reportFolder }),
      ...createServiceOrderActivities(wechatpay),
      ...createSweepActivities({ client, taskQueue, longMs: parts.longServiceMs }),
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
