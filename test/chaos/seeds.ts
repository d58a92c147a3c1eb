/** The runs of `npm test`: one of everything, and the smallest that once ended in a disagreement (`seeds.json`). */
import { readFile } from 'node:fs/promises';
import { circumstancesOf } from './circumstances.ts';
import { DEFAULTS, type Settings } from './settings.ts';

export interface KnownSeed extends Pick<Settings, 'orders' | 'seed' | 'killEverySeconds'> {
  /** What the run is for: of a regression, what went wrong. */
  readonly because: string;
  readonly stories?: readonly string[];
  readonly rate?: number;
  readonly notificationRate?: number;
  readonly settleSeconds?: number;
  readonly inFlight?: number;
  readonly maxDelaySeconds?: number;
  readonly killForSeconds?: number;
  readonly releases?: 1 | 2;
}

export const SEEDS = JSON.parse(
  await readFile(new URL('seeds.json', import.meta.url), 'utf8'),
) as readonly KnownSeed[];

/** Too short for proofs of 330 s: what waits for one is let be. */
export function settingsFor({ because: _because, ...known }: KnownSeed): Settings {
  const circumstances = circumstancesOf(known.seed);
  const short = { settleSeconds: 25, unsettled: 'let be' } as const;
  return { ...DEFAULTS, circumstances, ...short, ...known };
}
