/**
 * The worker of events: hands them over to their lanes, and delivers them. It has a task queue of its own, so that a receiver that
 * is slow takes no place, and no turn at WeChat Pay, of an order.
 */
import { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import type { WorkerParts } from './create.ts';
import { ofMerchantOnly } from './own-merchant.ts';
import { createEventActivities, type EventParts } from '../activities/events.ts';
import { dataConverterOf } from '../temporal/codec/data-converter.ts';
import { AT_ONCE } from '../webhooks/sender.ts';
import { eventsTaskQueueOf, taskQueueOf } from '../workflows/contract.ts';

export type EventsWorkerParts = Pick<WorkerParts, 'connection' | 'namespace' | 'codec' | 'mchid'> &
  Pick<EventParts, 'sender' | 'onDelivery' | 'delaysMs'>;

/** Longer than an attempt takes. */
const GRACE_MS = 15_000;

export async function createEventsWorker(parts: EventsWorkerParts): Promise<Worker> {
  const { connection, namespace, codec, mchid, sender, onDelivery, delaysMs } = parts;
  const dataConverter = dataConverterOf(codec);
  const client = new Client({ connection, namespace, dataConverter });
  return await Worker.create({
    connection,
    namespace,
    taskQueue: eventsTaskQueueOf(mchid),
    dataConverter,
    activities: createEventActivities({
      ...{ client, taskQueue: taskQueueOf(mchid), sender },
      ...{ onDelivery, delaysMs },
    }),
    interceptors: { activity: [ofMerchantOnly(mchid)] },
    maxConcurrentActivityTaskExecutions: AT_ONCE,
    shutdownGraceTime: GRACE_MS,
  });
}
