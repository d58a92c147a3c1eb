/** Lets so many requests in at once as its limit says, a few more wait for a moment, and the others are told when to come again. */
import { bearableOf, BOUNDS, limitAfter, TARGET_MS, type Bounds } from './limit.ts';
import { LOOK_BACK_SECONDS, retryAfterSeconds } from './retry-after.ts';

const SECOND_MS = 1_000;
/** With it, a caller still waits no longer than 8 s in all (`http/deadline.ts`). */
const WAIT_MS = 500;
/** Temporal reckons the age of a backlog every 5 s: what it told before the limit fell says nothing about that. */
const BACKLOG_STALE_MS = 6_000;
/** After so many quiet seconds everything is as it was at the start, from wherever. */
const MOST_SECONDS = 50;

export class Refused extends Error {
  override readonly name = 'Refused';
  readonly retryAfterSeconds: number;

  constructor(seconds: number) {
    super('more is asked than can be served');
    this.retryAfterSeconds = seconds;
  }
}

/** How soon a request was taken by Temporal and a worker, or that it was not, in time. */
export interface Sample {
  /** How many were under way when it began. */
  readonly amid: number;
  readonly ms: number;
  readonly isTaken: boolean;
}

export interface GateParts {
  readonly bounds?: Partial<Bounds> | undefined;
  readonly now?: () => number;
  readonly random?: () => number;
  /** How long the oldest of the calls waits that such requests lead to, as far as is known. */
  readonly backlogMs?: () => number;
  readonly onLimit?: (limit: number) => void;
  readonly onRefused?: () => void;
}

export type Gate = ReturnType<typeof createGate>;

export function createGate(parts: GateParts = {}) {
  const { now = () => performance.now(), random, backlogMs = () => 0, onLimit, onRefused } = parts;
  const bounds = { ...BOUNDS, ...parts.bounds };
  let limit = bounds.start;
  let underWay = 0;
  /** Who came first stands first. */
  const waiting = new Set<() => void>();
  let secondBegan = now();
  let fellAt = -Infinity;
  let samples: Sample[] = [];
  let isReached = false;
  /** Each second's own, and as they were lately, by the second. */
  let refused = 0;
  let served = 0;
  const lately = { refused: 0, served: 0 };
  onLimit?.(limit);

  return {
    /** @throws {Refused} where more wait than may, or no place has become free in time */
    async run<T>(work: () => Promise<T>): Promise<T> {
      turn();
      if (underWay < Math.floor(limit)) underWay += 1;
      else await place();
      try {
        return await work();
      } finally {
        underWay -= 1;
        served += 1;
        turn();
        callNext();
      }
    },
    note(sample: Sample): void {
      turn();
      if (isTelling(sample.amid)) samples.push(sample);
    },
    get state() {
      return { limit: Math.floor(limit), underWay, waiting: waiting.size };
    },
  };

  async function place(): Promise<void> {
    isReached = true;
    if (waiting.size >= limit) throw refusal();
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        clearTimeout(timer);
        waiting.delete(enter);
        underWay += 1;
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.delete(enter);
        reject(refusal());
      }, WAIT_MS);
      waiting.add(enter);
    });
  }

  function callNext(): void {
    for (const enter of waiting) {
      if (underWay >= Math.floor(limit)) return;
      enter();
    }
  }

  function refusal(): Refused {
    refused += 1;
    onRefused?.();
    const rates = { refused: Math.max(refused, lately.refused), served: lately.served };
    return new Refused(retryAfterSeconds(rates, random));
  }

  /** Looks back on the second that is over, and on those after it in which nobody came. */
  function turn(): void {
    const seconds = Math.floor((now() - secondBegan) / SECOND_MS);
    if (seconds < 1) return;
    secondBegan += seconds * SECOND_MS;
    const before = limit;
    limit = limitAfter(limit, { bearable: bearableNow(), isReached }, bounds);
    for (let quiet = 1; quiet < Math.min(seconds, MOST_SECONDS); quiet++) {
      limit = limitAfter(limit, { bearable: undefined, isReached: underWay >= limit }, bounds);
    }
    if (limit < before) fellAt = now();
    lookBack(seconds);
    samples = [];
    isReached = waiting.size > 0;
    onLimit?.(Math.floor(limit));
    callNext();
  }

  /** What few wait for is not each other: a worker that is started anew, say, or a slow machine. */
  function isTelling(amid: number): boolean {
    return amid * 2 >= limit;
  }

  function bearableNow(): number | undefined {
    const measured = samples.some((it) => it.isTaken) ? medianOf(samples) : undefined;
    const backlog = backlogMs();
    if (backlog <= TARGET_MS || !isTelling(underWay)) return measured;
    const isOld = now() - fellAt < BACKLOG_STALE_MS;
    return Math.min(measured ?? Infinity, isOld ? limit : bearableOf(limit, backlog));
  }

  function lookBack(seconds: number): void {
    const share = Math.min(1, seconds / LOOK_BACK_SECONDS);
    lately.refused += share * (refused / seconds - lately.refused);
    lately.served += share * (served / seconds - lately.served);
    refused = 0;
    served = 0;
  }
}

function medianOf(samples: readonly Sample[]): number {
  const sorted = samples.map(({ amid, ms }) => bearableOf(amid, ms)).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
