/** What people have answered for: stored beside the report, a line for each time, and never changed. */
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Acknowledgement {
  readonly finding_id: string;
  /** Of the person. */
  readonly name: string;
  readonly reason: string;
  /** RFC 3339. */
  readonly at: string;
  /** The name of the API key by which it came; absent where none was needed. */
  readonly by?: string;
}

const FILE = 'acknowledged.ndjson';

/** @param day the folder of a day */
export async function appendAcknowledgement(day: string, it: Acknowledgement): Promise<void> {
  await mkdir(day, { recursive: true, mode: 0o700 });
  // One write of one line: two at once do not mix.
  const file = await open(join(day, FILE), 'a', 0o600);
  try {
    await file.appendFile(`${JSON.stringify(it)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** In their order; the first of a finding is what closed it. */
export async function acknowledgementsIn(day: string): Promise<Acknowledgement[]> {
  const text = await readFile(join(day, FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Acknowledgement);
}

export function isOfAcknowledgements(name: string): boolean {
  return name === FILE;
}
