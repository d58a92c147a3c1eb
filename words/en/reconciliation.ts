/** A day's reconciliation, for finance people and operators. Terms come as markdown, amounts as money in words. */
import { billFault } from './bill-faults.ts';
import { column } from './csv-columns.ts';
import { failure } from './day-failures.ts';
import { finding } from './findings.ts';
import type { FindingCount } from '../../reconciliation/report/report.ts';

export const reconciliation = {
  column,
  failure,
  fault: billFault,
  finding,
  swept: (asked: number) =>
    `${asked} orders have been in service for more than a day, and were told to ask WeChat Pay how they stand. Those beyond their expected end have the trouble overdue.`,

  named: (what: string) => `${what}:`,
  head: (bill_date: string, state: string) => `the bill of ${bill_date} · ${state}`,
  awaitingNext: 'awaiting the next bill',
  running:
    'WeChat Pay’s trade bill is fetched and compared with the orders that were paid on this day. How far it is stands under _Pending Activities_: the last heartbeat has rows and bytes, the last failure what is waited for.',
  whileRunning:
    'nothing. After twelve hours without a report it fails, and the next morning tries again.',
  balanced: 'What WeChat Pay charged is what our orders say, to the fen.',
  unbalanced: 'The bill and our orders do not agree yet.',

  payments: {
    inBill: 'in the bill',
    ours: 'paid here',
    agreed: 'agree at once',
    elsewhere: 'other business of the merchant',
    undisclosed: 'among these, of orders that WeChat Pay refused to tell us of',
    awaited: 'not in this bill, awaited',
    inOtherBill: 'in the bill of the day before or after',
  },
  ofPayments: (what: string, count: number, amount: string) =>
    `${what}: ${count} payments, ${amount}`,
  refundsInBill: (count: number, amount: string) => `in the bill: ${count} refunds, ${amount}`,
  toBeSettled: (amount: string, fees: string) =>
    `to be settled by WeChat Pay: ${amount}, after fees of ${fees}`,
  refundsOnTheirWay: (count: number, amount: string) =>
    `refunds that were declared here and are on their way: ${count}, ${amount}`,
  carried: (oldest: string, count: number, amount: string) =>
    `still to be paid back from earlier days, the oldest of ${oldest}: ${count}, ${amount}`,
  letOff: (count: number) => `orders whose users were let off: ${count}`,
  feeOff: (amount: string) =>
    `手续费总金额, the bill’s total of fees, is ${amount} off what its rows make`,
  billReplaced: 'WeChat Pay has changed the bill since an earlier report of this day',

  account: {
    missing: (code: string, why: string) =>
      `资金账单, the account’s own bill, is not compared (${code}): ${why}`,
    startAgain: '; start the day again when it is there',
    tiesOut: 'to the fen as in this bill',
    /** What of the account is off, and by how much. */
    off: (all: readonly (readonly [of: string, amount: string])[]) =>
      `off: ${all.map(([of, amount]) => `${of} by ${amount}`).join(', ')}`,
    moved: (payments: string, refunds: string, told: string) =>
      `资金账单, the account’s own bill: ${payments} came of payments, ${refunds} went back, ${told}`,
    refundsBeside: (count: number, amount: string) =>
      `refunds out of the available balance (充值退款), which this bill lacks: ${count}, ${amount}`,
  },

  awaits: (count: number, from: string) =>
    `the bill of the next day, in which ${count} of our payments are looked for from ${from} on. A charge around midnight may stand there.`,
  ofKind: ({ open, healed, acknowledged = 0 }: FindingCount, amount: string) =>
    `${open} open, ${healed} healed, ${acknowledged > 0 ? `${acknowledged} acknowledged, ` : ''}${amount} in all`,
  findings: 'Findings',
  /** A finding, with whose it is and what it is about. */
  told: {
    healed: ' (healed)',
    order: (number: string) => `order ${number}`,
    transaction: (number: string) => `transaction ${number}`,
    bill: (amount: string) => `bill ${amount}`,
    ofOrder: (amount: string) => `order ${amount}`,
    line: (kind: string, facts: readonly string[], cause: string, action: string) =>
      `${[kind, ...(facts.length === 0 ? [] : [facts.join(', ')])].join(': ')}. ${cause} ${action}`,
  },

  nothing: 'nothing.',
  whileAwaiting: (route: string) =>
    `nothing yet about what is awaited; of the findings, if there are any, all of them are at ${route}.`,
  goThrough: (route: string) =>
    `go through the open findings; all of them are at ${route}. Each says what helps.`,

  withoutReport: (why: string, type: string) =>
    `There is no report. What stood in the way last: ${why} (${type})`,
  halfReport: (why: string, type: string) =>
    `The report is not complete: what it awaited could not be looked for. What stood in the way last: ${why} (${type})`,
  afterFailure: (route: string, body: string) =>
    `set right what is said there, then start the day again by ${route} with ${body}. The next mornings try it again by themselves, for a week.`,
};
