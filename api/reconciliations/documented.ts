/** What the document says of `/v1/reconciliations`. */
import { z } from 'zod';
import { SCHEDULE_ACTIONS } from './schedule.ts';
import { ASKS_TEMPORAL, header, WORDED, type Documented, type Told } from '../openapi/route.ts';
import { day } from '../../answers/fields.ts';
import { VersionList } from '../../answers/kept-report.ts';
import { Month } from '../../answers/month.ts';
import {
  AcknowledgedFinding,
  Reconciliation,
  ReconciliationList,
  StartedReconciliation,
} from '../../answers/reconciliation.ts';
import { Schedule } from '../../answers/schedule.ts';
import { AcknowledgeFinding } from '../../schemas/acknowledge-finding.ts';
import { ReconcileDay } from '../../schemas/reconcile-day.ts';

const DAYS = '/v1/reconciliations';
const ONE_DAY = `${DAYS}/{bill_date}`;
const ofDay = z.object({ bill_date: day('Whose bill it is.') });
const MonthAsked = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .meta({ description: '`yyyy-MM`, in Beijing.', example: '2026-11' });

/** UTF-8 with a byte order mark, for a spreadsheet. */
const csv = (description: string): Told => ({
  ...{ description, type: 'text/csv', headers: header('Content-Disposition') },
  schema: z.string().meta({
    description:
      'UTF-8 with a byte order mark; amounts of a month are yuan, of findings fen. Headings and sentences are in the operator’s language.',
  }),
});
const tag = 'Reconciliation';
const ofReport = [...ASKS_TEMPORAL, 'not-reconciled'] as const;

export const RECONCILIATION_ROUTES: readonly Documented[] = [
  {
    ...{ method: 'post', path: DAYS, operationId: 'reconcileDay', tag },
    summary:
      'Reconciles a day: WeChat Pay’s bill against the orders of that day (交易账单, 资金账单).',
    body: { schema: ReconcileDay, example: { bill_date: '2026-11-28' } },
    answers: {
      200: {
        description: 'It was begun before: the day as it stands.',
        schema: Reconciliation,
        headers: { ...WORDED, ...header('Location'), ...header('Idempotency-Replayed') },
      },
      202: { description: 'Begun.', schema: StartedReconciliation, headers: header('Location') },
    },
    problems: ofReport,
    problemHeaders: { 404: header('Location'), 429: header('Location'), 503: header('Location') },
  },
  {
    ...{ method: 'get', path: DAYS, operationId: 'listReconciliations', tag },
    summary: 'Every day that is known, the latest first; or a month.',
    parameters: { query: z.object({ month: MonthAsked.optional() }) },
    answers: {
      200: {
        description: 'The days; with `month`, that month.',
        schema: z.union([ReconciliationList, Month]),
      },
    },
    problems: ASKS_TEMPORAL,
  },
  {
    ...{ method: 'get', path: `${DAYS}/month.csv`, operationId: 'readMonthCsv', tag },
    summary: 'A month, with each waiver, for a spreadsheet; this month unless another is named.',
    parameters: { query: z.object({ month: MonthAsked.optional() }) },
    answers: { 200: csv('One table, whose first column says what a line is about.') },
    problems: ASKS_TEMPORAL,
  },
  {
    ...{ method: 'get', path: `${DAYS}/schedule`, operationId: 'readSchedule', tag },
    summary: 'The daily schedule.',
    answers: { 200: { description: 'As Temporal has it.', schema: Schedule, headers: WORDED } },
    problems: [...ASKS_TEMPORAL, 'no-schedule'],
  },
  ...Object.keys(SCHEDULE_ACTIONS).map((action): Documented => ({
    ...{
      method: 'post',
      path: `${DAYS}/schedule/${action}`,
      operationId: `${action}Schedule`,
      tag,
    },
    summary: `The daily schedule: ${action}. It may be repeated.`,
    answers: { 200: { description: 'As it is now.', schema: Schedule, headers: WORDED } },
    problems: [...ASKS_TEMPORAL, 'no-schedule'],
  })),
  {
    ...{ method: 'get', path: ONE_DAY, operationId: 'readReconciliation', tag },
    summary: 'A day’s latest report, and where its findings stand now.',
    parameters: { path: ofDay },
    answers: { 200: { description: 'The day.', schema: Reconciliation, headers: WORDED } },
    problems: ofReport,
  },
  {
    ...{ method: 'get', path: `${ONE_DAY}/findings.csv`, operationId: 'readFindingsCsv', tag },
    summary: 'All findings of the latest report, with their ids and where they stand.',
    parameters: { path: ofDay },
    answers: { 200: csv('A finding a line.') },
    problems: ofReport,
  },
  {
    ...{ method: 'get', path: `${ONE_DAY}/matches.csv`, operationId: 'readMatchesCsv', tag },
    summary: 'Which row of the bill is of which order.',
    parameters: { path: ofDay },
    answers: { 200: csv('A row of the bill a line.') },
    problems: ofReport,
  },
  {
    ...{ method: 'get', path: `${ONE_DAY}/versions`, operationId: 'listVersions', tag },
    summary: 'Every report that was made of the day, the first one first, as it is kept.',
    parameters: { path: ofDay },
    answers: { 200: { description: 'All.', schema: VersionList } },
    problems: ofReport,
  },
  {
    ...{ method: 'post', path: `${ONE_DAY}/findings/{finding_id}/acknowledged`, tag },
    ...{
      operationId: 'acknowledgeFinding',
      summary: 'Answers for a finding, by name, with a reason.',
    },
    parameters: {
      path: ofDay.extend({
        finding_id: z.string().meta({ description: 'The `id` of the finding.' }),
      }),
    },
    body: { schema: AcknowledgeFinding, example: { name: '王芳', reason: '现金退还' } },
    answers: {
      200: {
        description: 'The finding, as it stands now.',
        ...{ schema: AcknowledgedFinding, headers: WORDED },
      },
    },
    problems: [...ofReport, 'no-such-finding', 'nothing-to-acknowledge'],
  },
];
