/** What a stretch of load came to, as its callers saw it. */
import { quantile } from '../statistics.ts';

export interface Result {
  /** Pairs of opening and completion that were both answered with success, per second. */
  readonly goodput: number;
  /** Of the answers that were successes, from the request that got them. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers by status, of everything that was asked. */
  readonly answers: Readonly<Record<number, number>>;
}

export type Tally = ReturnType<typeof createTally>;

/** @param warmMs after which it counts */
export function createTally(warmMs: number) {
  const begin = performance.now();
  const statuses = new Map<number, number>();
  const successMs: number[] = [];
  let pairs = 0;
  const isWarm = () => performance.now() - begin > warmMs;

  return {
    answered(status: number, ms: number): void {
      if (!isWarm()) return;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status === 200 || status === 201) successMs.push(ms);
    },
    paired(): void {
      if (isWarm()) pairs += 1;
    },
    result(): Result {
      const seconds = (performance.now() - begin - warmMs) / 1_000;
      const at = (share: number) => quantile(successMs, share);
      return {
        goodput: pairs / seconds,
        p50Ms: at(0.5),
        p99Ms: at(0.99),
        answers: Object.fromEntries(statuses),
      };
    },
  };
}
