/** When a service may start: WeChat wants a later second, or at least today, at the moment it takes the order. */
import { beijingTimeOf, instantOf } from './beijing-time.ts';

/** Clock skew and the time that creation may take. */
const MARGIN_MS = 60_000;

/** What must be so of the time. */
export type StartTimeRule = 'a_minute_ahead' | 'a_minute_ahead_or_now' | 'not_before_today';

/**
 * Why WeChat would refuse this time range of a new order (创建支付分订单, `time_range`); undefined when it would not.
 *
 * @param time_range times in Beijing time; `OnAccept` means the moment of creation
 */
export function startTimeFault(
  time_range: { readonly start_time: string; readonly end_time?: string | undefined },
  now: Date,
): { field: 'start_time' | 'end_time'; rule: StartTimeRule } | undefined {
  const { start_time, end_time } = time_range;
  const earliest = new Date(now.getTime() + MARGIN_MS);
  if (start_time === 'OnAccept') {
    const end = end_time === undefined ? undefined : instantOf(end_time);
    if (!end || end > earliest) return undefined;
    return { field: 'end_time', rule: 'a_minute_ahead' };
  }
  if (start_time.length === 8) {
    if (start_time >= beijingTimeOf(now, 8)) return undefined;
    return { field: 'start_time', rule: 'not_before_today' };
  }
  const start = instantOf(start_time);
  if (start && start > earliest) return undefined;
  return { field: 'start_time', rule: 'a_minute_ahead_or_now' };
}
