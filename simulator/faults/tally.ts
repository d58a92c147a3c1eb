/** How often each fault has struck, since the folder was made. */
import type { Collection } from '../journal.ts';

export interface Tally {
  count(fault: string): void;
  counts(): Record<string, number>;
}

export function createTally(counts: Collection<Record<string, number>>): Tally {
  const all = () => counts.get('all') ?? {};
  return {
    count: (fault) => counts.put('all', { ...all(), [fault]: (all()[fault] ?? 0) + 1 }),
    counts: all,
  };
}
