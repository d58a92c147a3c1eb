/** Events for business code: into their lane, and from there to whoever takes them. */
import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { bodyOf } from '../answers/event.ts';
import type { BusinessEvent } from '../payscore/events/event.ts';
import { deliveryDelay } from '../payscore/times/delivery-delay.ts';
import { publishedTo } from '../temporal/events.ts';
import { NotTakenError, type Sender } from '../webhooks/sender.ts';
import type { WorkersTemporal } from '../temporal/client.ts';

/** `taskQueue`: of the lanes themselves. */
export interface EventParts extends WorkersTemporal {
  /** Undefined where this worker was told of no receiver. */
  readonly sender: Sender | undefined;
  /** Takes what became of each attempt. */
  readonly onDelivery?: ((outcome: 'delivered' | 'not_taken') => void) | undefined;
  readonly delaysMs?: readonly number[] | undefined;
}

export type EventActivities = ReturnType<typeof createEventActivities>;

export function createEventActivities(parts: EventParts) {
  const { sender, onDelivery, delaysMs, ...workers } = parts;
  return {
    /** Known to Temporal when this returns. Repeated, they are delivered once. */
    async publishEvents(
      mchid: string,
      lane: string,
      events: readonly BusinessEvent[],
    ): Promise<void> {
      await publishedTo({ ...workers, mchid }, lane, events);
    },

    /** Signed anew each time. Returns when it was taken. */
    async deliverEvent(event: BusinessEvent): Promise<void> {
      try {
        if (!sender) throw new NotTakenError(workers.words.events.noReceiver);
        await sender.send({ id: event.id, body: JSON.stringify(bodyOf(event, workers.words)) });
      } catch (error) {
        onDelivery?.('not_taken');
        if (!(error instanceof NotTakenError)) throw error;
        const { attempt } = activityInfo();
        // Not yet is what one expects of a receiver that is away.
        throw ApplicationFailure.create({
          type: 'NotTaken',
          message: error.message,
          nextRetryDelay: deliveryDelay({ attempt, random: Math.random(), delaysMs }),
          category: ApplicationFailureCategory.BENIGN,
        });
      }
      onDelivery?.('delivered');
    },
  };
}
