/** What an order keeps as facts, in the words that people read. */
import type { Fact } from '../../payscore/order/fact.ts';
import type { TimelineEntry } from '../../payscore/order/timeline.ts';
import { wordsOf } from '../../payscore/words/fact.ts';
import { happeningWordsOf } from '../../payscore/words/timeline.ts';

interface Told {
  readonly timeline: readonly TimelineEntry[];
}

/** Empty where there is none. */
export function inWords(fact: Fact | undefined): string {
  return fact ? wordsOf(fact) : '';
}

export function linesOf({ timeline }: Told): string[] {
  return timeline.map(({ event }) => happeningWordsOf(event));
}

export function lastLineOf(told: Told): string {
  return linesOf(told).at(-1) ?? '';
}
