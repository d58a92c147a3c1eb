/** Why a day is not reconciled, or not told. */
import type { BillDateFault } from '../../../payscore/times/bill-date.ts';

/** What must be so of the day; `oldest` is the first whose bill can be had. */
const billDate: Readonly<Record<BillDateFault, (oldest: string) => string>> = {
  not_a_day: () => 'must be a day that the calendar has, yyyy-MM-dd',
  not_over: () => 'must be before today in Beijing: WeChat Pay makes the bill of a day on the next',
  too_old: (oldest) => `must not be before ${oldest}: WeChat Pay keeps three months`,
};

export const reconciliations = {
  billDate,
  unknown: (bill_date: string) =>
    `No reconciliation of ${bill_date} is known here. POST /v1/reconciliations starts one.`,
  noReportYet: (state: string) => `The reconciliation is ${state}: no report yet.`,
  notInFolder:
    'The report is not in the API’s REPORT_FOLDER, which must be the folder that the workers write to.',
  folderUnreadable: (code: string) =>
    `The folder of the reports (REPORT_FOLDER) cannot be read: ${code}.`,
  needsNobody: (standing: string) => `The finding is ${standing}: it needs nobody.`,
  noSuchFinding: (bill_date: string) =>
    `The latest report of ${bill_date} has no such finding. GET /v1/reconciliations/${bill_date}/findings.csv has the ids.`,
  noSchedule: 'Run `migrate` with the variables of WeChat Pay.',
  endedFromOutside: 'It was ended from outside.',
};
