/** The rows of a bill that must be looked into, set aside until the bill was read to its end. */
import { join } from 'node:path';
import type { Doubt } from './comparison.ts';
import { batchesIn, createSpool } from './spool.ts';

export function createDoubts(folder: string) {
  // Payments before refunds: a refund is judged by what its order knows of the payment.
  const payments = createSpool<Doubt>(join(folder, 'payments.ndjson'));
  const refunds = createSpool<Doubt>(join(folder, 'refunds.ndjson'));
  const spools = [payments, refunds];

  return {
    add: (doubt: Doubt) => (doubt.row.kind === 'payment' ? payments : refunds).add(doubt),
    async close(): Promise<void> {
      for (const spool of spools) await spool.close();
    },
    /** In the order of the bill, so many at a time; of doubts that were closed. */
    async *batches(size: number): AsyncIterable<Doubt[]> {
      for (const { path } of spools) yield* batchesIn<Doubt>(path, size);
    },
    discard(): void {
      for (const spool of spools) spool.discard();
    },
  };
}
