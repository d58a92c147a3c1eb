/** How many requests may be under way at once: it follows how soon they are taken. */

/**
 * An eighth of what a caller waits for (`http/deadline.ts`): an opening waits in line some five times before it is answered
 * (it is taken, the permission is asked for, told, the order is created, told), each time for about as long, and WeChat Pay
 * takes its time, too.
 *
 * A delay that callers can bear, not one above the least that was ever seen: there is no minimum that drifts, and a burst
 * that is worked off within it changes nothing.
 */
export const TARGET_MS = 750;

export interface Bounds {
  /** Somebody must be let in, or nothing would be measured any more. */
  readonly floor: number;
  /** As long as nothing has been measured, and again when it is quiet: a burst on an idle stack is served. */
  readonly start: number;
  /** As many as there are connections. */
  readonly ceiling: number;
}

export const BOUNDS: Bounds = { floor: 4, start: 64, ceiling: 1_000 };

/** What one second has shown. */
export interface Second {
  /** How many may be under way so that the target is kept, by what was measured; undefined where nobody was taken. */
  readonly bearable: number | undefined;
  /** Somebody had to wait for a place. */
  readonly isReached: boolean;
}

/**
 * Who waits in line waits the longer, the more do: 64 of which each takes 3 s are four times as many as may be. The same
 * follows from what was measured under an earlier limit, so that nothing is counted twice.
 */
export function bearableOf(amid: number, ms: number): number {
  return (amid * TARGET_MS) / Math.max(ms, 1);
}

const GROWTH = 1.1;
const LARGEST_CUT = 0.5;

/**
 * It shrinks to what is bearable, by at most half in a second. Where it was reached it grows towards that, so that requests that
 * wait for a slow WeChat Pay, which are taken at once, keep nobody out; where it was not, it goes back to where it started.
 */
export function limitAfter(
  limit: number,
  { bearable, isReached }: Second,
  { floor, start, ceiling }: Bounds = BOUNDS,
): number {
  if (bearable !== undefined && bearable < limit) {
    return Math.max(floor, limit * LARGEST_CUT, bearable);
  }
  // Where nobody is taken at all, fewer would be taken no sooner.
  if (isReached) return Math.min(ceiling, grown(limit), bearable ?? limit);
  if (limit > start) return Math.max(start, limit / GROWTH);
  return Math.min(start, grown(limit), bearable ?? start);
}

function grown(limit: number): number {
  return Math.max(limit + 1, limit * GROWTH);
}
