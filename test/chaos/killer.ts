/** Kills parts of the world at random moments, one at a time, and repairs what it broke. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Dice } from './dice.ts';
import type { Killable } from './kept-program.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

export const KILLS = ['worker', 'api', 'connections', 'temporal'] as const;
export type Kill = (typeof KILLS)[number];

/** Connections are cut more often: that costs nobody a start. */
const LOT: readonly Kill[] = ['worker', 'worker', 'api', 'connections', 'connections', 'temporal'];
const LONGEST_AWAY_MS = 3_000;

export type Killer = ReturnType<typeof createKiller>;

export function createKiller(world: World, dice: Dice, { killEverySeconds }: Settings) {
  const kills: Record<Kill, number> = { worker: 0, api: 0, connections: 0, temporal: 0 };
  const ending = new AbortController();

  async function killed(part: Killable): Promise<void> {
    await part.kill();
    await delay(dice.between(0, LONGEST_AWAY_MS));
    await part.start();
  }

  async function perform(kill: Kill): Promise<void> {
    kills[kill] += 1;
    switch (kill) {
      case 'worker':
        return await killed(dice.pick(world.workers));
      case 'api':
        return await killed(world.api);
      case 'temporal':
        return await killed(world.temporal);
      case 'connections':
        for (const proxy of [world.toWechat, world.fromWechat]) {
          proxy.cut(dice.between(0, LONGEST_AWAY_MS));
        }
    }
  }

  /** Each kind once, then by lot. */
  async function rage(): Promise<void> {
    if (killEverySeconds === 0) return;
    const first = dice.shuffled(KILLS);
    for (let round = 0; !ending.signal.aborted; round++) {
      const pauseMs = killEverySeconds * 1_000 * (0.5 + dice.number());
      await delay(pauseMs, undefined, { signal: ending.signal }).catch(() => undefined);
      if (!ending.signal.aborted) await perform(first[round] ?? dice.pick(LOT));
    }
  }

  const raging = rage();
  raging.catch(() => undefined); // heard of by who waits for the end
  return {
    kills,
    /** Settles when everything is up again; rejects at once when something could not be repaired. */
    failed: raging.then(() => new Promise<never>(() => {})),
    async end(): Promise<void> {
      ending.abort();
      await raging;
    },
  };
}
