/**
 * Kills parts of the world at random moments and repairs what it broke: each kind of kill goes on beside the others.
 * It strikes a world that serves: on a slow machine, repairs that follow each other would otherwise be one outage without an
 * end, in which nobody can be answered. So programs are killed in turn, mostly, and after a repair they serve as long as it took.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { diceOf, type Dice } from './dice.ts';
import type { Killable } from './kept-program.ts';
import { KILLS, PAUSES, type Kill } from './kills.ts';
import { untilServed } from './pace.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

/** How many requests are taken between two kills of a kind, at least, in the same multiples. */
const TAKEN_BETWEEN = 10;
/** The share of programs that are killed while another is away. */
const OUT_OF_TURN = 0.2;
const LOOK_AGAIN_MS = 200;

export type Killer = ReturnType<typeof createKiller>;

/** @param taken how many requests of business code have been taken so far */
export function createKiller(
  world: World,
  settings: Settings,
  taken: () => number,
  tell: (line: string) => void,
) {
  const { seed, killEverySeconds, killForSeconds, awaySeconds } = settings;
  const calmAt = Date.now() + killForSeconds * 1_000;
  const kills = Object.fromEntries(KILLS.map((kill) => [kill, 0])) as Record<Kill, number>;
  const ending = new AbortController();

  async function killed(kill: Kill, part: Killable, dice: Dice): Promise<void> {
    const since = Date.now();
    kills[kill] += 1;
    await part.kill();
    await delay(dice.between(0, awaySeconds * 1_000));
    await part.start();
    tell(`${part.name} was killed and is up again after ${Date.now() - since} ms`);
  }

  let turns: Promise<void> = Promise.resolve();
  async function killedInTurn(kill: Kill, part: Killable, dice: Dice): Promise<void> {
    if (dice.chance(OUT_OF_TURN)) return await killed(kill, part, dice);
    turns = turns.then(async () => {
      if (ending.signal.aborted) return;
      const since = Date.now();
      await killed(kill, part, dice);
      await untilServed(world.apiUrl);
      await pause(Date.now() - since);
    });
    await turns;
  }

  async function perform(kill: Kill, dice: Dice): Promise<void> {
    switch (kill) {
      case 'worker':
        return await killedInTurn(kill, dice.pick(world.workers), dice);
      case 'api':
      case 'temporal':
        return await killedInTurn(kill, world[kill], dice);
      // Nobody waits for it.
      case 'receiver':
        return await killed(kill, world.receiver.part, dice);
      case 'connections':
        for (const proxy of [world.toWechat, world.fromWechat]) {
          proxy.cut(dice.between(0, awaySeconds * 1_000));
        }
        break;
      case 'temporal-connections':
        world.toTemporal.cut(dice.between(0, awaySeconds * 1_000));
        break;
      case 'maintenance':
        await world.wechat.beginMaintenance({
          seconds: dice.between(1, awaySeconds),
          answered: dice.pick(['json-503', 'signed-503', 'html-503', 'html-200'] as const),
        });
    }
    kills[kill] += 1;
  }

  const pause = (ms: number) =>
    delay(ms, undefined, { signal: ending.signal }).catch(() => undefined);

  /** The first comes soon, so that a short run has one of each kind. */
  async function rage(kill: Kill): Promise<void> {
    const dice = diceOf(seed, `kill ${kill}`);
    const mean = killEverySeconds * 1_000 * PAUSES[kill];
    for (let round = 0; Date.now() < calmAt; round++) {
      const share = (0.5 + dice.number()) * (round === 0 ? 0.5 : 1);
      const enough = taken() + TAKEN_BETWEEN * PAUSES[kill] * share;
      await pause(mean * share);
      while (taken() < enough && !ending.signal.aborted) await pause(LOOK_AGAIN_MS);
      if (ending.signal.aborted) return;
      await perform(kill, dice);
    }
  }

  const raging = Promise.all(killEverySeconds === 0 ? [] : settings.kills.map(rage));
  raging.catch(() => undefined); // heard of by who waits for the end
  return {
    kills,
    /** Rejects when something could not be repaired. */
    failed: raging.then(() => new Promise<never>(() => {})),
    /** Settles when everything is up again. */
    async end(): Promise<void> {
      ending.abort();
      await raging;
    },
  };
}
