/** How long to wait between two looks at an order that WeChat is charging. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Before the first look, between the first and the second, and so on; callbacks usually win long before. */
export const DEFAULT_POLL_DELAYS_MS: readonly number[] = [
  MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
];

export interface Poll {
  /** 1 for what is waited before the first look. */
  readonly attempt: number;
  /** Since the polling began, in ms. */
  readonly elapsedMs: number;
  readonly delaysMs: readonly number[];
  /** A number from 0 to 1, which spreads the polls by ±10 %. */
  readonly random: number;
}

/** The delay after an attempt in ms: from the list, then 6 hours, a day after the first week. WeChat charges without end. */
export function pollDelay({ attempt, elapsedMs, delaysMs, random }: Poll): number {
  const afterwards = elapsedMs < 7 * DAY_MS ? 6 * HOUR_MS : DAY_MS;
  return Math.round((delaysMs[attempt - 1] ?? afterwards) * (0.9 + 0.2 * random));
}
