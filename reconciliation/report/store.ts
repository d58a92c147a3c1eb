/** Where reports are kept: a folder, in which the report of a day is there as a whole or not at all. */
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Finding } from './finding.ts';
import type { DayReport } from './report.ts';
import { pseudonymised } from '../bill/pseudonyms.ts';
import { valuesIn } from '../matching/spool.ts';
import { removeStaleFolders } from '../matching/stale-folders.ts';

export interface ReportStore {
  /**
   * Keeps a report with what belongs to it; an earlier one of the same day is replaced.
   *
   * @param check throws where the report is no longer wanted; the last moment for that
   */
  write(report: DayReport, files: ReportFiles, check?: () => void): Promise<void>;
  read(bill_date: string): Promise<DayReport | undefined>;
  /** Removes what need not be kept any longer: whole days, and of younger days the bill alone. */
  expire(limits: Retention, now: Date): Promise<void>;
  /** Every finding of the day's report, in its order; none where there is no report. */
  findings(bill_date: string): AsyncIterable<Finding>;
}

/** In days after the bill's; undefined keeps for ever. */
export interface Retention {
  readonly reportDays: number | undefined;
  readonly billDays: number | undefined;
}

export interface ReportFiles {
  /** One finding a line, as JSON. */
  readonly findings: string;
  /** As WeChat sent it, unzipped, and kept with pseudonyms for users; of a day without one there is no such file. */
  readonly bill: string;
}

/** What of the folder belongs to the report that is there now. */
interface Stored {
  readonly report: DayReport;
  readonly findings: string;
  readonly bill?: string;
}

const REPORT = 'report.json';

/** @param folder of one merchant */
export function createReportStore(folder: string): ReportStore {
  const folderOf = (bill_date: string) => join(folder, bill_date);

  async function stored(bill_date: string): Promise<Stored | undefined> {
    try {
      return JSON.parse(await readFile(join(folderOf(bill_date), REPORT), 'utf8')) as Stored;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  return {
    async write(report, files, check = () => {}) {
      const day = folderOf(report.bill_date);
      await mkdir(day, { recursive: true, mode: 0o700 });
      const version = randomUUID();
      const findings = `findings-${version}.ndjson`;
      const bill = report.bill.hash_value === undefined ? undefined : `bill-${version}.csv.gz`;
      await pipeline(createReadStream(files.findings), durable(join(day, findings)));
      if (bill !== undefined) {
        await pipeline(
          pseudonymised(createReadStream(files.bill)),
          createGzip(),
          durable(join(day, bill)),
        );
      }
      check();
      const former = await stored(report.bill_date);
      const it: Stored = { report, findings, ...(bill !== undefined && { bill }) };
      await putInPlace(join(day, REPORT), JSON.stringify(it, undefined, 2));
      for (const name of [former?.findings, former?.bill]) {
        if (name !== undefined) await rm(join(day, name), { force: true });
      }
      await removeStaleFolders(day, [REPORT, findings, ...(bill === undefined ? [] : [bill])]);
    },

    async read(bill_date) {
      return (await stored(bill_date))?.report;
    },

    async expire({ reportDays, billDays }, now) {
      for (const bill_date of (await namesIn(folder)).filter(isDay)) {
        const age = (now.getTime() - Date.parse(bill_date)) / DAY_MS;
        const day = folderOf(bill_date);
        if (age > (reportDays ?? Infinity)) await rm(day, { recursive: true, force: true });
        else if (age > (billDays ?? Infinity)) await removeBill(day);
      }
    },

    async *findings(bill_date) {
      const it = await stored(bill_date);
      if (it) yield* valuesIn<Finding>(join(folderOf(bill_date), it.findings));
    },
  };
}

async function removeBill(day: string): Promise<void> {
  for (const name of await namesIn(day)) {
    if (name.startsWith('bill-')) await rm(join(day, name), { force: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

const DAY_MS = 24 * 3_600_000;

function isDay(name: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(name);
}

/** For its owner alone: bills say who bought what. On the disk before it counts as written. */
function durable(path: string) {
  return createWriteStream(path, { mode: 0o600, flush: true });
}

/** Whoever reads meanwhile finds the former content, or the new one. */
async function putInPlace(path: string, content: string): Promise<void> {
  const half = `${path}.${randomUUID()}`;
  const file = await open(half, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(half, path);
}
