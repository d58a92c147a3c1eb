/** How long to wait before an event is sent again that business code did not take. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** After the first attempt, the second, and so on; then the last of them again and again. */
export const DELIVERY_DELAYS_MS: readonly number[] = [
  5_000,
  30_000,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
];

export interface Delivery {
  /** 1 for the first. */
  readonly attempt: number;
  /** A number from 0 to 1, which spreads the attempts by ±10 %. */
  readonly random: number;
  readonly delaysMs?: readonly number[] | undefined;
}

/** In ms. */
export function deliveryDelay(delivery: Delivery): number {
  const { attempt, random, delaysMs = DELIVERY_DELAYS_MS } = delivery;
  const delay = delaysMs[attempt - 1] ?? delaysMs.at(-1) ?? HOUR_MS;
  return Math.round(delay * (0.9 + 0.2 * random));
}
