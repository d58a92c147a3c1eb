/**
 * Where reports are kept: a folder for each day, in which every version of its report is there as a whole or not at all. Nothing
 * that was reported is changed or removed, before its time is over.
 */
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import {
  acknowledgementsIn,
  appendAcknowledgement,
  isOfAcknowledgements,
  type Acknowledgement,
} from './acknowledgements.ts';
import type { Finding } from './finding.ts';
import { keep } from './kept-file.ts';
import type { Made, Provenance } from './provenance.ts';
import type { DayReport } from './report.ts';
import { allIn, hashOf, isWritten, latestIn, nameOf, type Stored } from './versions.ts';
import { pseudonymised } from '../bill/pseudonyms.ts';
import { createLedger, type Ledger } from '../ledger/ledger.ts';
import type { WaivedOrder } from '../matching/order-source.ts';
import { valuesIn } from '../matching/spool.ts';
import { removeStaleFolders } from '../matching/stale-folders.ts';
import { rfc3339Of } from '../../payscore/times/beijing-time.ts';

export interface ReportStore {
  /**
   * Keeps another version of a day's report, with what belongs to it.
   *
   * @param check throws where the report is no longer wanted; the last moment for that
   * @returns the report, with what it was made of
   */
  write(report: DayReport, files: ReportFiles, options?: Writing): Promise<DayReport>;
  /** The latest. */
  read(bill_date: string): Promise<DayReport | undefined>;
  /** Every version, the first one first, with its hash. */
  versions(bill_date: string): Promise<readonly Pick<Stored, 'report' | 'sha256'>[]>;
  /** The days that have a report, in their order; of a month (`yyyy-MM`) where one is given. */
  days(month?: string): Promise<string[]>;
  /** Removes what need not be kept any longer: whole days, and of younger days the bills alone. */
  expire(limits: Retention, now: Date): Promise<void>;
  /** Every finding of the day's latest report, in its order; none where there is no report. */
  findings(bill_date: string): AsyncIterable<Finding>;
  /** The list of which row is of which order, CSV, as lines without their ends. */
  matches(bill_date: string): AsyncIterable<string>;
  waivers(bill_date: string): AsyncIterable<WaivedOrder>;
  acknowledge(bill_date: string, it: Acknowledgement): Promise<void>;
  acknowledgements(bill_date: string): Promise<readonly Acknowledgement[]>;
  /** What days leave for each other. */
  readonly ledger: Ledger;
}

export interface Writing {
  readonly check?: () => void;
  readonly provenance?: Provenance;
}

/** In days after the bill's; undefined keeps for ever. */
export interface Retention {
  readonly reportDays: number | undefined;
  readonly billDays: number | undefined;
}

export interface ReportFiles {
  /** One finding a line, as JSON. */
  readonly findings: string;
  /** CSV. */
  readonly matches: string;
  /** One a line, as JSON. */
  readonly waivers: string;
  /** One entry a line, as JSON. */
  readonly ledger: string;
  /** As WeChat sent it, unzipped, and kept with pseudonyms for users; of a day without one there is no such file. */
  readonly bill: string;
  /** The same of the fund-flow bill, which names no user. */
  readonly fundFlow?: string;
}

const NOT_KNOWN: Provenance = { program: 'unknown' };

/** @param folder of one merchant */
export function createReportStore(folder: string): ReportStore {
  const folderOf = (bill_date: string) => join(folder, bill_date);
  const ledger = createLedger(join(folder, 'ledger'));
  const stored = async (bill_date: string) => await latestIn(folderOf(bill_date));

  return {
    ledger,

    async write(report, files, { check = () => {}, provenance = NOT_KNOWN } = {}) {
      const day = folderOf(report.bill_date);
      await mkdir(day, { recursive: true, mode: 0o700 });
      const unique = randomUUID();
      const findings = `findings-${unique}.ndjson`;
      const matches = `matches-${unique}.csv.gz`;
      const waivers = `waivers-${unique}.ndjson`;
      const facts = {
        findings: await keep(files.findings, join(day, findings)),
        matches: await keep(files.matches, join(day, matches)),
        waivers: await keep(files.waivers, join(day, waivers)),
      };
      const names = { findings, matches, waivers };
      const bill = await keepBill(report, files.bill, unique);
      const flow = await keepFlow(report, files.fundFlow, unique);
      check();
      // Before the report: a refund that another day does not know of would be in order twice.
      await ledger.write(report.bill_date, files.ledger);
      for (;;) {
        const former = await latestIn(day);
        const it = versionAfter(former, report, { ...provenance, files: facts });
        const { version } = it.made;
        const whole = { report: it, sha256: hashOf(it), ...names, ...bill, ...flow };
        if (!(await isWritten(day, version, whole))) continue;
        await removeStrays(day);
        return it;
      }
    },

    async read(bill_date) {
      return (await stored(bill_date))?.report;
    },

    async versions(bill_date) {
      const all = await allIn(folderOf(bill_date));
      return all.map(({ report, sha256 }) => ({ report, ...(sha256 !== undefined && { sha256 }) }));
    },

    async days(month = '') {
      const days = (await namesIn(folder)).filter((name) => isDay(name) && name.startsWith(month));
      return days.toSorted();
    },

    async expire({ reportDays, billDays }, now) {
      for (const bill_date of (await namesIn(folder)).filter(isDay)) {
        const age = (now.getTime() - Date.parse(bill_date)) / DAY_MS;
        const day = folderOf(bill_date);
        if (age > (reportDays ?? Infinity)) await rm(day, { recursive: true, force: true });
        else if (age > (billDays ?? Infinity)) await removeBill(day);
      }
      await ledger.expire(reportDays, now);
    },

    async *findings(bill_date) {
      const it = await stored(bill_date);
      if (it) yield* valuesIn<Finding>(join(folderOf(bill_date), it.findings));
    },

    async *matches(bill_date) {
      const it = await stored(bill_date);
      if (it?.matches === undefined) return;
      const file = createReadStream(join(folderOf(bill_date), it.matches));
      const input = file.pipe(createGunzip());
      file.once('error', (error) => input.destroy(error));
      try {
        yield* createInterface({ input, crlfDelay: Infinity });
      } finally {
        file.destroy();
        input.destroy();
      }
    },

    async *waivers(bill_date) {
      const it = await stored(bill_date);
      if (it?.waivers === undefined) return;
      yield* valuesIn<WaivedOrder>(join(folderOf(bill_date), it.waivers));
    },

    acknowledge: async (bill_date, it) => await appendAcknowledgement(folderOf(bill_date), it),
    acknowledgements: async (bill_date) => await acknowledgementsIn(folderOf(bill_date)),
  };

  async function keepFlow(
    { bill_date, fund_flow }: DayReport,
    path: string | undefined,
    unique: string,
  ): Promise<Pick<Stored, 'fund_flow'>> {
    const isThere = fund_flow !== undefined && 'hash_value' in fund_flow;
    if (path === undefined || !isThere) return {};
    const name = `bill-fund-flow-${unique}.csv.gz`;
    await keep(path, join(folderOf(bill_date), name));
    return { fund_flow: name };
  }

  /** A bill that has not changed since the report before is kept once. */
  async function keepBill(
    { bill_date, bill: { hash_value } }: DayReport,
    path: string,
    unique: string,
  ): Promise<Pick<Stored, 'bill'>> {
    if (hash_value === undefined) return {};
    const day = folderOf(bill_date);
    const former = await latestIn(day);
    const isSame = former?.report.bill.hash_value === hash_value;
    if (isSame && former?.bill !== undefined && (await namesIn(day)).includes(former.bill)) {
      return { bill: former.bill };
    }
    const bill = `bill-${unique}.csv.gz`;
    const file = createWriteStream(join(day, bill), { mode: 0o600, flush: true });
    await pipeline(pseudonymised(createReadStream(path)), createGzip(), file);
    return { bill };
  }
}

function versionAfter(
  former: Stored | undefined,
  report: DayReport,
  made: Omit<Made, 'version' | 'at' | 'predecessor'>,
): DayReport & { readonly made: Made } {
  const before = former && (former.report.made?.version ?? 0);
  const predecessor = former && {
    version: before ?? 0,
    sha256: former.sha256 ?? hashOf(former.report),
  };
  const version = (before ?? 0) + 1;
  const at = rfc3339Of(new Date());
  return { ...report, made: { version, at, ...made, ...(predecessor && { predecessor }) } };
}

/** What attempts left behind that came to no report. */
async function removeStrays(day: string): Promise<void> {
  const all = await allIn(day);
  const kept = all.flatMap(({ report, findings, bill, fund_flow, matches, waivers }) => [
    nameOf(report.made?.version ?? 0),
    ...[findings, bill, fund_flow, matches, waivers].filter((name) => name !== undefined),
  ]);
  const answers = (await namesIn(day)).filter(isOfAcknowledgements);
  await removeStaleFolders(day, [...kept, ...answers]);
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
