/**
 * Looks, ever more rarely, whether WeChat has charged an order. One activity for all the looking: its retry policy is
 * the interval, and retries add nothing to the history, so that a month of unpaid polling is free.
 */
import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { readServiceOrder } from './reading.ts';
import { isFinal, phaseOf } from '../payscore/phase.ts';
import { DEFAULT_POLL_DELAYS_MS, pollDelay } from '../payscore/poll-delay.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';
import type { ServiceOrderKey } from '../wechatpay/service-orders.ts';

export interface Polling {
  readonly wechatpay: WechatpayClient;
  /** Between the first attempts, in ms; afterwards as {@link pollDelay} says. */
  readonly delaysMs?: readonly number[] | undefined;
}

export function createPollingActivities({ wechatpay, delaysMs = DEFAULT_POLL_DELAYS_MS }: Polling) {
  return {
    /** The first attempt only waits: the callback usually arrives before the second. */
    async awaitPayment(key: ServiceOrderKey): Promise<ServiceOrder> {
      if (activityInfo().attempt === 1) throw later('WeChat Pay is charging');
      const order = await readServiceOrder(wechatpay, key).catch((error: unknown) => {
        throw later(error instanceof Error ? error.message : 'the order could not be read', error);
      });
      if (order === null || !isFinal(phaseOf(order))) {
        throw later(`not settled: ${order?.state ?? 'WeChat Pay does not know the order'}`);
      }
      return order;
    },
  };

  /** BENIGN: not paid yet is what one expects. The message is what the operator sees beside the pending activity. */
  function later(message: string, cause?: unknown): ApplicationFailure {
    const { attempt, scheduledTimestampMs, currentAttemptScheduledTimestampMs } = activityInfo();
    const nextRetryDelay = pollDelay({
      attempt,
      elapsedMs: currentAttemptScheduledTimestampMs - scheduledTimestampMs,
      delaysMs,
      random: Math.random(),
    });
    return ApplicationFailure.create({
      type: 'NotSettled',
      message,
      nextRetryDelay,
      category: ApplicationFailureCategory.BENIGN,
      ...(cause instanceof Error && { cause }),
    });
  }
}
