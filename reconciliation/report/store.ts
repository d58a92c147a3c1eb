/** Where reports are kept: a folder, in which the report of a day is there as a whole or not at all. */
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Finding } from './finding.ts';
import type { DayReport } from './report.ts';
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
  /** Every finding of the day's report, in its order; none where there is no report. */
  findings(bill_date: string): AsyncIterable<Finding>;
}

export interface ReportFiles {
  /** One finding a line, as JSON. */
  readonly findings: string;
  /** As WeChat sent it, unzipped; of a day without one there is no such file. */
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
        await pipeline(createReadStream(files.bill), createGzip(), durable(join(day, bill)));
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

    async *findings(bill_date) {
      const it = await stored(bill_date);
      if (it) yield* valuesIn<Finding>(join(folderOf(bill_date), it.findings));
    },
  };
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
