/** What neighbouring bills have of payments that are looked for, or that must be in one bill alone. */
import { readFileOf, type Bill } from '../bill/day-bill.ts';

export interface LookedFor {
  /** By `transaction_id`; those that are found are told, once. */
  readonly missing: ReadonlySet<string>;
  /** By `transaction_id`: agreed with the day's bill. */
  readonly once: ReadonlySet<string>;
}

export async function lookThrough(
  bills: readonly (() => Promise<Bill>)[],
  { missing, once }: LookedFor,
): Promise<{ readonly found: ReadonlySet<string>; readonly twice: ReadonlySet<string> }> {
  const found = new Set<string>();
  const twice = new Set<string>();
  for (const bill of bills) {
    if (missing.size + once.size === 0) break;
    await readFileOf(await bill(), {
      onRow({ kind, transaction_id }) {
        if (kind !== 'payment') return;
        if (once.has(transaction_id)) twice.add(transaction_id);
        // Whether its amount agrees is for the other day to say.
        if (missing.has(transaction_id)) found.add(transaction_id);
      },
    });
  }
  return { found, twice };
}
