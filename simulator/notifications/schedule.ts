/** When WeChat Pay repeats a notification that was not acknowledged. */
import type { Attempt, Notification, Schedule } from './notification.ts';

const HOUR = 3600;
const START = [0, 15, 15, 30, 180, 1800, 1800, 1800, 1800, HOUR];
const THREE_DAYS = 72 * HOUR;

const FIFTEEN_REPETITIONS = [
  ...[0, 15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, HOUR],
  ...[3 * HOUR, 3 * HOUR, 3 * HOUR, 6 * HOUR, 6 * HOUR],
];

/** Seconds to wait before each send; the first is immediate. */
const WAITS_SECONDS: Readonly<Record<Schedule, readonly number[]>> = {
  /** Orders today: 10 sends in about 3 hours. */
  current: START,
  /** Orders in 2020, and refunds today: 15 repetitions in about 24 hours. */
  '2020': FIFTEEN_REPETITIONS,
  /** The same list, if the first send counts as one of the 15. */
  fifteen_sends: FIFTEEN_REPETITIONS.slice(0, -1),
  /** Authorisations: they begin like orders, and go on every hour for three days. */
  three_days: [
    ...START,
    ...Array.from({ length: Math.floor((THREE_DAYS - sumOf(START)) / HOUR) }, () => HOUR),
  ],
};

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
  const waitSeconds = WAITS_SECONDS[notification.schedule ?? 'current'][scheduled_sends];
  if (waitSeconds === undefined) return { ...attempted, scheduled_sends, state: 'given_up' };
  return { ...attempted, scheduled_sends, due_ms: nowMs + waitSeconds * 1000 };
}

function sumOf(seconds: readonly number[]): number {
  return seconds.reduce((sum, each) => sum + each, 0);
}
