/** Chance that can be repeated: whoever names the same seed and the same label meets the same numbers. */
import { createHash } from 'node:crypto';
import { draw } from '../../simulator/faults/generator.ts';

export type Dice = ReturnType<typeof diceOf>;

export function diceOf(seed: number, label: string) {
  let state = createHash('sha256').update(`${seed} ${label}`).digest().readUInt32BE();

  /** From 0 up to, not including, 1. */
  function number(): number {
    const drawn = draw(1, state);
    state = drawn.state;
    return drawn.numbers[0]!;
  }
  /** Whole, both ends included. */
  const between = (low: number, high: number) => low + Math.floor(number() * (high - low + 1));
  const pick = <T>(items: readonly T[]): T => items[between(0, items.length - 1)]!;

  return {
    number,
    between,
    pick,
    chance: (share: number) => number() < share,
    shuffled: <T>(items: readonly T[]): T[] =>
      items
        .map((item) => [number(), item] as const)
        .toSorted(([a], [b]) => a - b)
        .map(([, item]) => item),
    hex: (length: number) => Array.from({ length }, () => between(0, 15).toString(16)).join(''),
  };
}
