/** How many, and how much. */

export interface Count {
  readonly count: number;
  /** In fen. */
  readonly amount: number;
}

export interface Counter {
  count: number;
  amount: number;
}

export const nothing = (): Counter => ({ count: 0, amount: 0 });

export function add(counter: Counter, amount: number): void {
  counter.count += 1;
  counter.amount += amount;
}

export function sumOf(counts: readonly Count[]): Count {
  return counts.reduce(
    (sum, { count, amount }) => ({ count: sum.count + count, amount: sum.amount + amount }),
    nothing(),
  );
}
