/** What users were let off on a day: no bill has a row of it, and so it is where staff could cheat. */
import { join } from 'node:path';
import type { OrderSource, WaivedOrder } from '../matching/order-source.ts';
import { add, nothing, type Counter } from '../matching/count.ts';
import { createSpool } from '../matching/spool.ts';
import type { WaiverCode } from '../../payscore/rules/waiver.ts';

export function createWaivers(folder: string) {
  const spool = createSpool<WaivedOrder>(join(folder, 'waivers.ndjson'));
  const counts: Partial<Record<WaiverCode, Counter>> = {};
  return {
    path: spool.path,
    counts,
    async takeAll(source: OrderSource, bill_date: string): Promise<void> {
      for await (const page of source.waiversOn(bill_date)) {
        for (const waived of page) {
          add((counts[waived.code] ??= nothing()), waived.amount ?? 0);
          await spool.add(waived);
        }
      }
      await spool.close();
    },
    discard: () => spool.discard(),
  };
}
