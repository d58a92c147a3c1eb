/** The rows of a bill that must be looked into, set aside until the bill was read to its end. */
import { join } from 'node:path';
import type { UnmatchedRow } from './comparison.ts';
import { batchesIn, createSpool } from './spool.ts';

export function createUnmatchedRows(folder: string) {
  // Payments before refunds: what is said of a refund depends on what its order knows of the payment.
  const payments = createSpool<UnmatchedRow>(join(folder, 'payments.ndjson'));
  const refunds = createSpool<UnmatchedRow>(join(folder, 'refunds.ndjson'));
  const spools = [payments, refunds];

  return {
    add: (unmatched: UnmatchedRow) =>
      (unmatched.row.kind === 'payment' ? payments : refunds).add(unmatched),
    async close(): Promise<void> {
      for (const spool of spools) await spool.close();
    },
    /** In the order of the bill, so many at a time; once it is closed. */
    payments: (size: number) => batchesIn<UnmatchedRow>(payments.path, size),
    refunds: (size: number) => batchesIn<UnmatchedRow>(refunds.path, size),
    discard(): void {
      for (const spool of spools) spool.discard();
    },
  };
}
