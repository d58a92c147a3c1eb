/**
 * The workers of events: one hands them over to their lanes, one delivers them. Each has a task queue of its own, so that a receiver
 * that is slow takes no place, and no turn at WeChat Pay, of an order, nor of what an order waits for.
 */
import { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import type { WorkerParts } from './create.ts';
import { ofMerchantOnly } from './own-merchant.ts';
import { createEventActivities, type EventParts } from '../activities/events.ts';
import { dataConverterOf } from '../temporal/codec/data-converter.ts';
import { AT_ONCE } from '../webhooks/sender.ts';
import { deliveriesTaskQueueOf, eventsTaskQueueOf, taskQueueOf } from '../workflows/contract.ts';
import { wordsIn } from '../words/catalogue.ts';

export type EventsWorkerParts = Pick<
  WorkerParts,
  'connection' | 'namespace' | 'codec' | 'mchid' | 'language'
> &
  Pick<EventParts, 'sender' | 'onDelivery' | 'delaysMs'>;

/** Longer than an attempt takes. */
const GRACE_MS = 15_000;

export async function createEventsWorkers(parts: EventsWorkerParts): Promise<readonly Worker[]> {
  const { connection, namespace, codec, mchid, sender, onDelivery, delaysMs } = parts;
  const dataConverter = dataConverterOf(codec);
  const client = new Client({ connection, namespace, dataConverter });
  const activities = createEventActivities({
    ...{ client, taskQueue: taskQueueOf(mchid), sender },
    words: wordsIn(parts.language),
    ...{ onDelivery, delaysMs },
  });
  const queues = [eventsTaskQueueOf(mchid), deliveriesTaskQueueOf(mchid)];
  return await Promise.all(
    queues.map(async (taskQueue) =>
      Worker.create({
        ...{ connection, namespace, taskQueue, dataConverter, activities },
        interceptors: { activity: [ofMerchantOnly(mchid)] },
        maxConcurrentActivityTaskExecutions: AT_ONCE,
        shutdownGraceTime: GRACE_MS,
      }),
    ),
  );
}
