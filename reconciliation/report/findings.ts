/** The findings of a day: each in a file, and counted for the report. */
import { join } from 'node:path';
import type { Finding } from './finding.ts';
import { createTally } from './report.ts';
import { createSpool } from '../matching/spool.ts';

export function createFindings(folder: string) {
  const spool = createSpool<Finding>(join(folder, 'findings.ndjson'));
  const tally = createTally();

  return {
    /** One a line. */
    path: spool.path,
    tally,
    async add(finding: Finding): Promise<void> {
      tally.add(finding);
      await spool.add(finding);
    },
    close: () => spool.close(),
    discard: () => spool.discard(),
  };
}
