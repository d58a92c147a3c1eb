/** Chance that can be repeated: numbers that follow from a seed, by the algorithm known as mulberry32. */
import { randomInt } from 'node:crypto';

export const LARGEST_SEED = 2 ** 32 - 1;

export function newSeed(): number {
  return randomInt(2 ** 32);
}

export interface Drawn {
  /** From 0 up to, not including, 1. */
  readonly numbers: readonly number[];
  /** What to draw from next. */
  readonly state: number;
}

export function draw(count: number, from: number): Drawn {
  let state = from;
  const numbers = Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  });
  return { numbers, state };
}
