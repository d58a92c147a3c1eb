/** The findings of a day: each with its id in a file, and counted for the report. */
import { join } from 'node:path';
import type { Finding } from './finding.ts';
import { createNumbering } from './finding-id.ts';
import { createTally } from './report.ts';
import { createSpool } from '../matching/spool.ts';

export interface FindingsParts {
  readonly folder: string;
  readonly bill_date: string;
  /** By their ids. */
  readonly acknowledged: ReadonlySet<string>;
  /** The same finding, with what else is known of its payment or refund. */
  readonly complete: (finding: Finding) => Finding;
}

export function createFindings({ folder, bill_date, ...parts }: FindingsParts) {
  const spool = createSpool<Finding>(join(folder, 'findings.ndjson'));
  const tally = createTally(({ id = '' }) => parts.acknowledged.has(id));
  const numbered = createNumbering(bill_date);

  return {
    /** One a line. */
    path: spool.path,
    tally,
    async add(finding: Finding): Promise<void> {
      const it = numbered(parts.complete(finding));
      tally.add(it);
      await spool.add(it);
    },
    close: () => spool.close(),
    discard: () => spool.discard(),
  };
}
