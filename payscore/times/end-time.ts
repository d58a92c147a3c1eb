/** The end of a service, where business code does not name it. */
import { beijingTimeOf, instantOf } from './beijing-time.ts';

/** A merchant's clock that runs ahead of WeChat's gets refused; a few seconds are given away for that. */
const SKEW_MS = 5_000;
const SECOND_MS = 1_000;

/**
 * The `end_time` of a completion (完结支付分订单): the moment the request arrived, at most 5 s ago, after the start,
 * in the start's precision, in Beijing time.
 *
 * @param start_time WeChat's own record of the start: `yyyyMMddHHmmss` or `yyyyMMdd`
 */
export function endTimeOf(service: {
  readonly start_time: string;
  readonly receivedAt: Date;
  readonly now: Date;
}): string {
  const { start_time, receivedAt, now } = service;
  const arrived = new Date(Math.min(receivedAt.getTime(), now.getTime() - SKEW_MS));
  if (start_time.length === 8) {
    const today = beijingTimeOf(arrived, 8);
    return today > start_time ? today : start_time;
  }
  const start = instantOf(start_time) ?? arrived;
  const earliest = new Date(start.getTime() + SECOND_MS);
  return beijingTimeOf(arrived > earliest ? arrived : earliest, 14);
}

/** How long to wait before WeChat takes this `end_time` as past, in ms: it must be strictly earlier than the call. */
export function delayUntilPast(end_time: string, now: Date): number {
  if (end_time.length === 8) return 0;
  const end = instantOf(end_time)?.getTime() ?? 0;
  const due = end + SECOND_MS - now.getTime();
  return due > 0 && due <= SKEW_MS ? due + SECOND_MS : 0;
}
