/** The reports of a day as their folder keeps them, so that whoever does not see the folder can make sure of their SHA-256. */
import { z } from 'zod';
import { exactly, type Answer } from './answer.ts';
import { count } from './fields.ts';
import { listOf } from './list.ts';
import {
  Finding,
  FUND_FLOW,
  FundFlow,
  MissingFlow,
  presentedMade,
  Report,
} from './reconciliation.ts';
import type { DayReport } from '../reconciliation/report/report.ts';

const OF_BEFORE = 'Of reports of before 0.3 alone, in English.';

const KeptFinding = Finding.extend({
  cause: z.string().meta({ description: OF_BEFORE }).optional(),
  action: z.string().meta({ description: OF_BEFORE }).optional(),
}).meta({ id: 'KeptFinding', description: 'A finding as it is kept: facts, without words.' });

const BillFault = z
  .object({
    bill_date: z.string().meta({ description: '`yyyy-MM-dd`, of the file.' }).optional(),
    line: count('In the file, from 1.').optional(),
    column: z
      .union([z.string(), z.int()])
      .meta({ description: 'By its text, or its place.' })
      .optional(),
    because: z
      .looseObject({
        code: z.string().meta({ description: 'In a word, with its values beside it.' }),
      })
      .meta({ description: 'What is wrong there.' }),
  })
  .meta({ description: 'Of a file that cannot be believed: what is wrong with it.' });

const KeptMissingFlow = MissingFlow.extend({
  message: z.string().meta({ description: 'What WeChat Pay or the network said.' }).optional(),
  fault: BillFault.optional(),
});

export const KeptReport = Report.extend({
  fund_flow: z.union([FundFlow, KeptMissingFlow]).meta({ description: FUND_FLOW }).optional(),
  examples: z
    .array(KeptFinding)
    .meta({ description: 'Some of the findings, the open ones first; findings.csv has all.' }),
}).meta({ id: 'KeptReport', description: 'A report as it is kept: facts, without words.' });
export type KeptReport = Answer<typeof KeptReport>;

export const VersionList = listOf(
  'versions',
  z.object({
    report: KeptReport,
    sha256: z
      .string()
      .meta({ description: 'Of the report as its folder keeps it; absent before 0.3.' })
      .optional(),
  }),
).meta({
  id: 'VersionList',
  description: 'Every report that was made of the day, the first one first.',
});
export type VersionList = Answer<typeof VersionList>;

export function keptReport({ made, ...report }: DayReport): KeptReport {
  return exactly<KeptReport>()({ ...report, ...(made && { made: presentedMade(made) }) });
}

export function presentedVersions(
  versions: readonly { readonly report: DayReport; readonly sha256?: string }[],
): VersionList {
  return { versions: versions.map((it) => ({ ...it, report: keptReport(it.report) })) };
}
