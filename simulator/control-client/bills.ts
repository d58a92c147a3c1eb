/** Bills: when they are ready, and what is wrong with them. */
import type * as z from 'zod';
import type { BillSettings } from '../bills/bill-settings.ts';
import type { Seeded, SeededRow } from '../bills/seeded.ts';
import type { Call } from './call.ts';

export interface ToldRows {
  readonly rows: readonly Seeded[];
}

export function bills(call: Call) {
  return {
    billSettings: () => call<BillSettings>('GET', '/bills/settings'),
    setBills: (changed: Partial<BillSettings>) =>
      call<BillSettings>('POST', '/bills/settings', changed),
    billRows: () => call<ToldRows>('GET', '/bills/rows'),
    plantRow: (row: z.input<typeof SeededRow>) => call<ToldRows>('POST', '/bills/rows', row),
    clearRows: () => call<ToldRows>('DELETE', '/bills/rows'),
  };
}
