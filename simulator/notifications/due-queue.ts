/** What is due when, earliest first, under one alarm: a timer for each of a hundred thousand would be too many. */

export interface DueQueue {
  /** Instead of any earlier time for the same id. */
  set(id: string, dueMs: number): void;
  remove(id: string): void;
  /** The earliest time of all. */
  next(): number | undefined;
  /** Takes out the id that is due first, if it is due by now. */
  take(nowMs: number): string | undefined;
}

interface Entry {
  readonly id: string;
  readonly dueMs: number;
}

/** A binary heap; what was set anew or removed stays in it until it comes to the top. */
export function createDueQueue(): DueQueue {
  const due = new Map<string, number>();
  const heap: Entry[] = [];

  function top(): Entry | undefined {
    while (heap[0] !== undefined && due.get(heap[0].id) !== heap[0].dueMs) dropTop(heap);
    return heap[0];
  }

  return {
    set(id, dueMs) {
      if (due.get(id) === dueMs) return;
      due.set(id, dueMs);
      insert(heap, { id, dueMs });
    },
    remove: (id) => void due.delete(id),
    next: () => top()?.dueMs,
    take(nowMs) {
      const first = top();
      if (first === undefined || first.dueMs > nowMs) return undefined;
      due.delete(first.id);
      dropTop(heap);
      return first.id;
    },
  };
}

function insert(heap: Entry[], entry: Entry): void {
  let at = heap.push(entry) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || above.dueMs <= entry.dueMs) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = entry;
}

function dropTop(heap: Entry[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const earlier = dueAt(heap, left + 1) < dueAt(heap, left) ? left + 1 : left;
    const below = heap[earlier];
    if (below === undefined || below.dueMs >= last.dueMs) break;
    heap[at] = below;
    at = earlier;
  }
  heap[at] = last;
}

function dueAt(heap: Entry[], at: number): number {
  return heap[at]?.dueMs ?? Infinity;
}
