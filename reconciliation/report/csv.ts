/** Findings as CSV in the operator's language, each with where it stands now. Kinds and states stay codes. */
import type { Acknowledgement } from './acknowledgements.ts';
import { FINDING_COLUMNS } from './csv-columns.ts';
import { csvHead, csvLine } from './csv-line.ts';
import type { Finding } from './finding.ts';
import type { Words } from '../../words/en.ts';

export function findingsHead(words: Words): string {
  return csvHead(FINDING_COLUMNS, words);
}

export interface Told {
  readonly standing?: string;
  readonly acknowledgement?: Acknowledgement | undefined;
}

/** @param bill_date `yyyy-MM-dd` */
export function csvOf(
  bill_date: string,
  finding: Finding,
  words: Words,
  { standing, acknowledgement }: Told = {},
): string {
  const { name, at, reason } = acknowledgement ?? {};
  const cells: Partial<Record<string, unknown>> = {
    ...{ bill_date, ...finding, ...words.reconciliation.finding(finding), standing },
    ...{ acknowledged_by: name, acknowledged_at: at, acknowledged_because: reason },
  };
  return csvLine(FINDING_COLUMNS.map((column) => cells[column]));
}
