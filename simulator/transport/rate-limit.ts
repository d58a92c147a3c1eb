/** How often a merchant may call: without any limit, until one is set (no number is published but for refunds, docs/wechatpay-facts.md#rate-limits). */
import * as z from 'zod';
import type { Collection } from '../journal.ts';
import type { Call } from './call.ts';
import type { RoutedRequest, SubjectOf } from './order-of-request.ts';
import { RefusalError } from './refusal-error.ts';

export const RateLimits = z.object({
  /** One call on one order, or one refund, is refused when it is repeated within this real time: FREQUENCY_LIMITED. */
  repeat_within_seconds: z.number().positive().max(60).optional(),
  /** All calls together, in any real second: RATELIMIT_EXCEEDED, by the gateway. */
  calls_per_second: z.int().min(1).optional(),
  /** Refunds that are accepted or repeated, and those that are refused: FREQUENCY_LIMITED. */
  refunds_per_second: z.int().min(1).optional(),
  failed_refunds_per_second: z.int().min(1).optional(),
});
export type RateLimits = z.infer<typeof RateLimits>;

export interface RateLimit {
  set(limits: RateLimits): void;
  limits(): RateLimits;
  /** A refused call counts for nothing: who waits long enough gets through. */
  check(call: Call, request: RoutedRequest): void;
}

export function createRateLimit(settings: Collection<RateLimits>, subjectOf: SubjectOf): RateLimit {
  const limits = () => settings.get('limits') ?? {};
  const lastCalls = new Map<string, number>();
  let lately: number[] = [];

  function checkAll(now: number, most: number): void {
    lately = lately.filter((time) => time > now - 1000);
    if (lately.length >= most) throw new RefusalError('rateLimit');
  }

  function checkOrder(repetition: string, now: number, withinMs: number): void {
    for (const [key, time] of lastCalls) {
      if (time > now - withinMs) break; // they lie in the order of their times
      lastCalls.delete(key);
    }
    if (lastCalls.has(repetition)) throw new RefusalError('tooFrequent');
    lastCalls.set(repetition, now);
  }

  return {
    set: (changed) => settings.put('limits', changed),
    limits,
    check(call, request) {
      const { repeat_within_seconds, calls_per_second } = limits();
      const now = performance.now();
      if (calls_per_second !== undefined) checkAll(now, calls_per_second);
      if (repeat_within_seconds !== undefined) {
        const { out_order_no, out_refund_no } = subjectOf(request);
        const order = out_refund_no ?? out_order_no;
        if (order !== undefined) checkOrder(`${call} ${order}`, now, repeat_within_seconds * 1000);
      }
      if (calls_per_second !== undefined) lately.push(now);
    },
  };
}
