/** Loads something again when asked: one load at a time, and not sooner than an interval after the last. */

/** How often certificates are loaded unasked: WeChat asks for intervals under 12 hours. */
export const REFRESH_MS = 10 * 3_600_000;
/** Between two loads at least, whatever serials are seen. */
export const MIN_REFRESH_MS = 60_000;

export interface RefreshOptions {
  readonly load: () => Promise<void>;
  /** Whoever asks sooner after the last load began gets what that one found. */
  readonly minIntervalMs: number;
  readonly now: () => Date;
  readonly onFailure: (error: unknown) => void;
}

/** Never fails: what could not be loaded is told to `onFailure`, and what was known before still counts. */
export function createRefresh(options: RefreshOptions): () => Promise<void> {
  const { load, minIntervalMs, now, onFailure } = options;
  let begunAt = -Infinity;
  let latest = Promise.resolve();

  return () => {
    const at = now().getTime();
    // A clock that was set back must not stop the loading until it has caught up.
    if (Math.abs(at - begunAt) < minIntervalMs) return latest;
    begunAt = at;
    latest = latest.then(load).catch(onFailure);
    return latest;
  };
}
