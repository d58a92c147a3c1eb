/**
 * How often the merchant may apply for refunds: 150 good calls and 6 failing ones in a second are published (docs/wechatpay-facts.md#refunds),
 * and asked for only where they are set. A call that comes too often is not looked at, and counts for nothing.
 */
import type { Handler } from '../transport/endpoint.ts';
import type { RateLimits } from '../transport/rate-limit.ts';
import { RefusalError } from '../transport/refusal-error.ts';

const SECOND_MS = 1000;

export function withRefundRate(handle: Handler, limits: () => RateLimits): Handler {
  const good = createCounter(() => limits().refunds_per_second);
  const failed = createCounter(() => limits().failed_refunds_per_second);

  return (request) => {
    if (good.isFull() || failed.isFull()) throw new RefusalError('tooFrequent');
    try {
      const answer = handle(request);
      good.count();
      return answer;
    } catch (error) {
      failed.count();
      throw error;
    }
  };
}

/** Counts what happened within the last second of real time, while there is a limit. */
function createCounter(limit: () => number | undefined) {
  let times: number[] = [];
  return {
    isFull() {
      const since = performance.now() - SECOND_MS;
      times = times.filter((time) => time > since);
      return times.length >= (limit() ?? Infinity);
    },
    count() {
      if (limit() !== undefined) times.push(performance.now());
    },
  };
}
