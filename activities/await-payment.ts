/** Looks, ever more rarely, whether WeChat has charged an order: a month of unpaid polling adds nothing to its history. */
import { isFirstAttempt, isUnaccepted, isRefused, later } from './polling.ts';
import { readServiceOrder } from './reading.ts';
import { isFinal, phaseOf } from '../payscore/rules/phase.ts';
import { DEFAULT_POLL_DELAYS_MS } from '../payscore/times/poll-delay.ts';
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
    /**
     * Returns what settles the order, or what cannot be understood; null where WeChat does not know it.
     *
     * @param isDue the order has waited for its first look already
     */
    async awaitPayment(key: ServiceOrderKey, isDue = false): Promise<ServiceOrder | null> {
      const waits = { delaysMs: isDue ? delaysMs.slice(1) : delaysMs };
      if (!isDue && isFirstAttempt()) throw later('WeChat Pay is charging', waits);
      const order = await readServiceOrder(wechatpay, key).catch((error: unknown) => {
        if (isUnaccepted(error) || isRefused(error)) throw error;
        throw later(error instanceof Error ? error.message : 'the order could not be read', waits);
      });
      if (order === null || isNews(order)) return order;
      throw later(`not settled: ${order.state}`, waits);
    },
  };
}

/** Settled, or something that nobody expects: the order must say so. */
function isNews(order: ServiceOrder): boolean {
  const phase = phaseOf(order);
  return isFinal(phase) || (phase === 'unclear' && order.state !== 'DOING');
}
