/** Two ways to offer load: so many at a time, or so many a second whatever becomes of those before. */
import { setTimeout as delay } from 'node:timers/promises';
import { createTally, type Result } from './tally.ts';
import { pair, type World } from './caller.ts';

export type Offered = Omit<World, 'tally' | 'signal'> & {
  /** Counts for nothing. */
  readonly warmMs: number;
  readonly ms: number;
};

/** A closed loop: who has finished begins again. */
export async function loadAtOnce(offered: Offered, atOnce: number): Promise<Result> {
  return await underLoad(offered, async (world) => {
    const runner = async () => {
      while (!world.signal.aborted) await pair(world);
    };
    await Promise.all(Array.from({ length: atOnce }, runner));
  });
}

/** An open loop: users come whether or not others are served. */
export async function loadPerSecond(offered: Offered, perSecond: number): Promise<Result> {
  return await underLoad(offered, async (world) => {
    const begin = performance.now();
    const pairs: Promise<void>[] = [];
    while (!world.signal.aborted) {
      const due = ((performance.now() - begin) / 1_000) * perSecond;
      while (pairs.length < due) pairs.push(pair(world));
      await delay(5);
    }
    await Promise.all(pairs);
  });
}

async function underLoad(
  { warmMs, ms, ...offered }: Offered,
  run: (world: World) => Promise<void>,
): Promise<Result> {
  const tally = createTally(warmMs);
  const ending = new AbortController();
  const running = run({ ...offered, tally, signal: ending.signal });
  await delay(warmMs + ms);
  const result = tally.result();
  ending.abort();
  await running;
  return result;
}
