/** A day's reconciliation as the web UI's current details show it. */
import type { ApplicationFailure } from '@temporalio/workflow';
import { plain, term } from '../details/markdown.ts';
import { rfc3339Of } from '../../payscore/times/beijing-time.ts';
import { yuanOf } from '../../payscore/money.ts';
import type { Count } from '../../reconciliation/matching/count.ts';
import type { Finding } from '../../reconciliation/report/finding.ts';
import type { DayReport } from '../../reconciliation/report/report.ts';

export function runningDetailsOf(bill_date: string): string {
  return [
    `### the bill of ${bill_date} · running`,
    'WeChat Pay’s trade bill is fetched and compared with the orders that were paid on this day. How far it is stands under _Pending Activities_: the last heartbeat has rows and bytes, the last failure what is waited for.',
    '**What to do now:** nothing. After twelve hours without a report it fails, and the next morning tries again.',
  ].join('\n\n');
}

/** @param next when the payments that are awaited are looked for again */
export function reportDetailsOf(report: DayReport, next?: Date): string {
  const {
    bill_date,
    result,
    bill,
    ours,
    agreed,
    elsewhere,
    undisclosed,
    awaited,
    in_other_bill,
    findings,
    examples,
  } = report;
  const isBalanced = result === 'balanced';
  return [
    `### the bill of ${bill_date} · ${next ? 'awaiting the next bill' : result}`,
    isBalanced
      ? 'What WeChat Pay charged is what our orders say, to the fen.'
      : 'The bill and our orders do not agree yet.',
    // The web UI draws tables without space between their columns: 1 and 4.99 would read as 14.99.
    [
      lineOfCount('in the bill', bill.payments),
      lineOfCount('paid here', ours),
      lineOfCount('agree at once', agreed),
      lineOfCount('other business of the merchant', elsewhere),
      ...(undisclosed
        ? [lineOfCount('among these, of orders that WeChat Pay refused to tell us of', undisclosed)]
        : []),
      ...(awaited.count > 0 ? [lineOfCount('not in this bill, awaited', awaited)] : []),
      ...(in_other_bill.count > 0
        ? [lineOfCount('in the bill of the day before or after', in_other_bill)]
        : []),
      `- in the bill: ${bill.refunds.count} refunds, ${yuanOf(bill.refunds.amount)}`,
      ...linesOfMoney(report),
      ...linesOfAccount(report),
      ...(bill.fee_off === undefined
        ? []
        : [
            `- 手续费总金额, the bill’s total of fees, is ${yuanOf(bill.fee_off)} off what its rows make`,
          ]),
      ...(bill.replaces === undefined
        ? []
        : ['- WeChat Pay has changed the bill since an earlier report of this day']),
    ].join('\n'),
    ...(next
      ? [
          `**What it waits for:** the bill of the next day, in which ${awaited.count} of our payments are looked for from ${rfc3339Of(next)} on. A charge around midnight may stand there.`,
        ]
      : []),
    ...Object.entries(findings).map(
      ([kind, { open, healed, acknowledged = 0, amount }]) =>
        `**${kind}:** ${open} open, ${healed} healed, ${acknowledged > 0 ? `${acknowledged} acknowledged, ` : ''}${yuanOf(amount)} in all`,
    ),
    ...(examples.length === 0 ? [] : ['**Findings**', examples.map(lineOf).join('\n')]),
    `**What to do now:** ${toDoOf(report, next)}`,
  ].join('\n\n');
}

/** @param sofar the report before the next bill was read, where it came to that */
export function failedDetailsOf(
  bill_date: string,
  failure: ApplicationFailure,
  sofar: DayReport | null,
): string {
  return [
    `### the bill of ${bill_date} · failed`,
    `${sofar ? 'The report is not complete: what it awaited could not be looked for.' : 'There is no report.'} What stood in the way last: ${plain(failure.message)} (${term(failure.type ?? 'Unknown')})`,
    `**What to do now:** set right what is said there, then start the day again by ${term('POST /v1/reconciliations')} with ${term(`{"bill_date": "${bill_date}"}`)}. The next mornings try it again by themselves, for a week.`,
    ...(sofar ? [reportDetailsOf(sofar)] : []),
  ].join('\n\n');
}

/** A report of before 0.3 says nothing of these. */
function linesOfMoney({ settlement, carried, refunds_on_their_way, waivers = {} }: DayReport) {
  const { fees = 0, expected_settlement } = settlement?.total ?? {};
  const waived = Object.values(waivers).reduce((sum, { count }) => sum + count, 0);
  return [
    ...(expected_settlement === undefined
      ? []
      : [
          `- to be settled by WeChat Pay: ${yuanOf(expected_settlement)}, after fees of ${yuanOf(fees)}`,
        ]),
    ...(refunds_on_their_way
      ? [
          `- refunds that were declared here and are on their way: ${refunds_on_their_way.count}, ${yuanOf(refunds_on_their_way.amount)}`,
        ]
      : []),
    ...(carried && carried.count > 0
      ? [
          `- still to be paid back from earlier days, the oldest of ${carried.oldest ?? ''}: ${carried.count}, ${yuanOf(carried.amount)}`,
        ]
      : []),
    ...(waived > 0 ? [`- orders whose users were let off: ${waived}`] : []),
  ];
}

function linesOfAccount({ fund_flow }: DayReport): string[] {
  if (!fund_flow) return [];
  if ('missing' in fund_flow) {
    const again = fund_flow.missing === 'not_ready' ? '; start the day again when it is there' : '';
    return [
      `- 资金账单, the account’s own bill, is not compared (${fund_flow.missing}): ${plain(fund_flow.message)}${again}`,
    ];
  }
  const { payments, refunds, refunds_beside, off = {} } = fund_flow;
  const offs = Object.entries(off).map(([of, fen]) => `${of} by ${yuanOf(fen)}`);
  const told = offs.length === 0 ? 'to the fen as in this bill' : `off: ${offs.join(', ')}`;
  return [
    `- 资金账单, the account’s own bill: ${yuanOf(payments.amount)} came of payments, ${yuanOf(refunds.amount)} went back, ${told}`,
    ...(refunds_beside
      ? [
          `- refunds out of the available balance (充值退款), which this bill lacks: ${refunds_beside.count}, ${yuanOf(refunds_beside.amount)}`,
        ]
      : []),
  ];
}

function toDoOf({ result, bill_date }: DayReport, next: Date | undefined): string {
  if (result === 'balanced') return 'nothing.';
  const all = `all of them are at ${term(`GET /v1/reconciliations/${bill_date}/findings.csv`)}`;
  if (next) return `nothing yet about what is awaited; of the findings, if there are any, ${all}.`;
  return `go through the open findings; ${all}. Each says what helps.`;
}

function lineOfCount(words: string, { count, amount }: Count): string {
  return `- ${words}: ${count} payments, ${yuanOf(amount)}`;
}

function lineOf(finding: Finding): string {
  const { kind, healed, out_order_no, transaction_id, bill_amount, order_amount } = finding;
  const amounts = [
    ...(bill_amount === undefined ? [] : [`bill ${yuanOf(bill_amount)}`]),
    ...(order_amount === undefined ? [] : [`order ${yuanOf(order_amount)}`]),
  ];
  const { cause, action } = finding;
  return `- ${kind}${healed ? ' (healed)' : ''}: order ${term(out_order_no)}, transaction ${term(transaction_id)}, ${amounts.join(', ')}. ${plain(cause)} ${plain(action)}`;
}
