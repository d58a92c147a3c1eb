/** What an order keeps as facts, in the words that people read. */
import type { Fact } from '../../payscore/order/fact.ts';
import type { TimelineEntry } from '../../payscore/order/timeline.ts';
import { EN } from '../../words/en.ts';

interface Told {
  readonly timeline: readonly TimelineEntry[];
}

/** Empty where there is none. */
export function inWords(fact: Fact | undefined): string {
  return fact ? EN.fact(fact) : '';
}

export function linesOf({ timeline }: Told): string[] {
  return timeline.map(({ event }) => EN.happening(event));
}

export function lastLineOf(told: Told): string {
  return linesOf(told).at(-1) ?? '';
}
