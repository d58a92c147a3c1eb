/** When WeChat Pay repeats a notification that was not acknowledged. */
import type { Attempt, Notification } from './notification.ts';

/** Seconds to wait before each send; the first is immediate. */
const WAITS_SECONDS = [0, 15, 15, 30, 180, 1800, 1800, 1800, 1800, 3600];

/** An attempt of the schedule uses up one send; one asked for by hand uses up none. */
export type Occasion = 'scheduled' | 'by-hand';

export function afterAttempt(
  notification: Notification,
  attempt: Attempt,
  occasion: Occasion,
  nowMs: number,
): Notification {
  const { due_ms, ...rest } = notification;
  const attempted = { ...rest, attempts: [...notification.attempts, attempt] };
  if (attempt.status === 200 || attempt.status === 204) {
    return { ...attempted, state: 'delivered' };
  }
  if (notification.state === 'delivered') return attempted;
  if (occasion === 'by-hand') return due_ms === undefined ? attempted : { ...attempted, due_ms };

  const scheduled_sends = notification.scheduled_sends + 1;
  const waitSeconds = WAITS_SECONDS[scheduled_sends];
  if (waitSeconds === undefined) return { ...attempted, scheduled_sends, state: 'given_up' };
  return { ...attempted, scheduled_sends, due_ms: nowMs + waitSeconds * 1000 };
}
