/** What the simulator keeps, without a journal. */
import type { Collection } from '../../simulator/journal.ts';

export function collectionOf<T>(values: Map<string, T>): Collection<T> {
  return {
    get: (key) => values.get(key),
    put: (key, value) => void values.set(key, value),
    values: () => [...values.values()],
    each: () => values.values(),
  };
}
