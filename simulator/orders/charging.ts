/** WeChat Pay's attempts to charge by itself: what they come to, when the next one ends, and whether one is under way. */
import { readBeijing } from '../beijing-time.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import type { ChargeScript, ChargingRefusal } from './charge-script.ts';
import type { Order } from './order.ts';

/** A user who never pays is left alone in the end, lest a year set forward takes as long. */
const MOST_ATTEMPTS = 1001;

export function withScript(order: Order, script: ChargeScript, nowMs: number): Order {
  const { open_until_ms, open_refusal } = order.charging ?? {};
  const window = {
    ...(open_until_ms !== undefined && { open_until_ms }),
    ...(open_refusal !== undefined && { open_refusal }),
  };
  return { ...order, charging: { script, since_ms: nowMs, made: 0, failed: 0, ...window } };
}

export function withWindow(
  order: Order,
  seconds: number,
  open_refusal: ChargingRefusal,
  nowMs: number,
): Order {
  const { charging = { since_ms: nowMs, made: 0, failed: 0 } } = order;
  const open_until_ms = nowMs + seconds * 1000;
  return { ...order, charging: { ...charging, open_until_ms, open_refusal } };
}

/** When the next attempt of the script ends, if one will be made. */
export function nextAttemptMs({ charging, completion }: Order): number | undefined {
  if (charging?.script === undefined || completion === undefined) return undefined;
  const { script, since_ms, made } = charging;
  if (made >= MOST_ATTEMPTS) return undefined;
  const fromMs = Math.max(since_ms, readBeijing(completion.time)?.ms ?? since_ms);
  return fromMs + ((made + 1) * script.interval_seconds + script.charging_seconds) * 1000;
}

/** Whether an attempt would fail now, by the script; without one, it succeeds. */
export function fails({ charging }: Order): boolean {
  if (charging?.script === undefined) return false;
  const { failures } = charging.script;
  return failures === 'always' || charging.failed < failures;
}

/** @throws {RefusalError} while an attempt is under way; the order must be USER_PAYING */
export function checkNotCharging(order: Order, nowMs: number): void {
  const { open_until_ms = 0, open_refusal = 'chargeUnderWay' } = order.charging ?? {};
  if (open_until_ms > nowMs) throw new RefusalError(open_refusal);
  const endMs = nextAttemptMs(order);
  if (endMs === undefined) return;
  const seconds = order.charging?.script?.charging_seconds ?? 0;
  const isUnderWay = endMs - seconds * 1000 <= nowMs && nowMs < endMs;
  if (isUnderWay) throw new RefusalError('chargeUnderWay');
}

/** The failure of an attempt counts once, whoever asked for it. */
export function withFailure(order: Order): Order {
  const { charging } = order;
  if (charging === undefined) return order;
  return { ...order, charging: { ...charging, failed: charging.failed + 1 } };
}

/** One of the script's own attempts has been made. */
export function withAttempt(order: Order): Order {
  const { charging } = order;
  if (charging === undefined) return order;
  return { ...order, charging: { ...charging, made: charging.made + 1 } };
}
