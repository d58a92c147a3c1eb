/** The versions of a day's report: each is written once, with what it is made of, and knows the one before it. */
import { createHash, randomUUID } from 'node:crypto';
import { link, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DayReport } from './report.ts';

/** A report as it is kept, with the names of its files in the same folder. */
export interface Stored {
  readonly report: DayReport;
  /** Of the report, as JSON: proves that nobody has changed it, and that what follows was made after it. Absent before 0.3. */
  readonly sha256?: string;
  readonly findings: string;
  readonly bill?: string;
  readonly fund_flow?: string;
  readonly matches?: string;
  readonly waivers?: string;
}

/** What there was before there were versions; it counts as version 0. */
const FIRST = 'report.json';

export function hashOf(report: DayReport): string {
  return createHash('sha256').update(JSON.stringify(report)).digest('hex');
}

/** The latest of a day; undefined where there is none. */
export async function latestIn(day: string): Promise<Stored | undefined> {
  const [last] = (await numbersIn(day)).toReversed();
  return last === undefined ? undefined : await readVersion(day, last);
}

/** All of them, in their order. */
export async function allIn(day: string): Promise<Stored[]> {
  const all: Stored[] = [];
  for (const number of await numbersIn(day)) all.push(await readVersion(day, number));
  return all;
}

/** @returns false where somebody has written this version first */
export async function isWritten(day: string, version: number, it: Stored): Promise<boolean> {
  const half = join(day, `.${randomUUID()}`);
  const file = await open(half, 'wx', 0o600);
  try {
    await file.writeFile(JSON.stringify(it, undefined, 2));
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    // Whole, or not at all, and never in the place of another.
    await link(half, join(day, nameOf(version)));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(half, { force: true });
  }
}

export function nameOf(version: number): string {
  return version === 0 ? FIRST : `report-${String(version).padStart(4, '0')}.json`;
}

async function readVersion(day: string, version: number): Promise<Stored> {
  return JSON.parse(await readFile(join(day, nameOf(version)), 'utf8')) as Stored;
}

async function numbersIn(day: string): Promise<number[]> {
  const names = await readdir(day).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.flatMap(numberOf).toSorted((a, b) => a - b);
}

function numberOf(name: string): number[] {
  if (name === FIRST) return [0];
  const [, digits] = /^report-(\d{4,})\.json$/.exec(name) ?? [];
  return digits === undefined ? [] : [Number(digits)];
}
