/**
 * What days leave for each other, kept in a folder: a file for each version of a day, never changed. A day's latest one counts.
 * It outlives the reports: a refund may come a year after its payment.
 */
import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dated, LedgerEntry } from './entry.ts';
import { valuesIn } from '../matching/spool.ts';

export interface Ledger {
  /** @param path a file with an entry a line */
  write(bill_date: string, path: string): Promise<void>;
  /** Of every day, in their order. */
  entries(): AsyncIterable<Dated>;
  /** Of one day alone. */
  entriesOf(bill_date: string): AsyncIterable<Dated>;
  expire(days: number | undefined, now: Date): Promise<void>;
}

const DAY_MS = 24 * 3_600_000;
/** A payment can be refunded for a year. */
const LEAST_DAYS = 400;

export function createLedger(folder: string): Ledger {
  return {
    async write(bill_date, path) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const moment = String(Date.now()).padStart(15, '0');
      const name = `${bill_date}.${moment}-${randomUUID().slice(0, 8)}.ndjson`;
      const half = join(folder, `.${name}`);
      await copyFile(path, half);
      const file = await open(half, 'r+');
      try {
        await file.chmod(0o600);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(half, join(folder, name));
    },

    async *entries() {
      for (const it of await latest()) yield* entriesIn(it);
    },

    async *entriesOf(bill_date) {
      const name = (await latest()).get(bill_date);
      if (name !== undefined) yield* entriesIn([bill_date, name]);
    },

    async expire(days, now) {
      if (days === undefined) return;
      for (const name of await names()) {
        const age = (now.getTime() - Date.parse(name.slice(0, 10))) / DAY_MS;
        if (age > Math.max(days, LEAST_DAYS)) await rm(join(folder, name), { force: true });
      }
    },
  };

  async function* entriesIn([bill_date, name]: readonly [string, string]): AsyncIterable<Dated> {
    for await (const entry of valuesIn<LedgerEntry>(join(folder, name))) yield { bill_date, entry };
  }

  /** Of each day the last that was written. */
  async function latest(): Promise<Map<string, string>> {
    return new Map((await names()).toSorted().map((name) => [name.slice(0, 10), name]));
  }

  async function names(): Promise<string[]> {
    try {
      return (await readdir(folder)).filter((name) => /^\d{4}-\d\d-\d\d\..+\.ndjson$/.test(name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }
}
