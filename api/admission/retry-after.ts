/** When those who were refused should come again: once as many as were refused lately can have been served, and not all at once. */

const MOST_SECONDS = 30;

/** Both by the second. */
export interface Rates {
  readonly refused: number;
  readonly served: number;
}

/** So long their number is looked back on. */
export const LOOK_BACK_SECONDS = 5;

/** Whole seconds, at least 1. */
export function retryAfterSeconds(
  { refused, served }: Rates,
  random: () => number = Math.random,
): number {
  const untilServed = (LOOK_BACK_SECONDS * refused) / Math.max(served, 1);
  const spread = untilServed * (0.5 + random());
  return Math.min(MOST_SECONDS, Math.max(1, Math.ceil(spread)));
}
