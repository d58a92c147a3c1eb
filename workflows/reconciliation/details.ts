/** A day's reconciliation as the web UI's current details show it. */
import type { ApplicationFailure } from '@temporalio/workflow';
import { plain, term } from '../details/markdown.ts';
import { rfc3339Of } from '../../payscore/times/beijing-time.ts';
import type { Count } from '../../reconciliation/matching/count.ts';
import type { Finding } from '../../reconciliation/report/finding.ts';
import type { DayReport } from '../../reconciliation/report/report.ts';
import type { Words } from '../../words/en.ts';

export function runningDetailsOf(bill_date: string, words: Words): string {
  const say = words.reconciliation;
  return [
    `### ${say.head(bill_date, 'running')}`,
    say.running,
    `**${words.order.toDoNow}** ${say.whileRunning}`,
  ].join('\n\n');
}

/** @param next when the payments that are awaited are looked for again */
export function reportDetailsOf(report: DayReport, words: Words, next?: Date): string {
  const say = words.reconciliation;
  const { bill_date, result, awaited, findings, examples } = report;
  return [
    `### ${say.head(bill_date, next ? say.awaitingNext : result)}`,
    say[result],
    // The web UI draws tables without space between their columns: 1 and 4.99 would read as 14.99.
    [
      ...linesOfPayments(report, words),
      ...linesOfMoney(report, words),
      ...linesOfAccount(report, words),
      ...linesOfBill(report, words),
    ]
      .map((line) => `- ${line}`)
      .join('\n'),
    ...(next
      ? [
          `**${words.reconciliation.named(words.order.waitsFor)}** ${say.awaits(awaited.count, rfc3339Of(next))}`,
        ]
      : []),
    ...Object.entries(findings).map(
      ([kind, count]) =>
        `**${words.reconciliation.named(kind)}** ${say.ofKind(count, words.yuan(count.amount))}`,
    ),
    ...(examples.length === 0
      ? []
      : [`**${say.findings}**`, examples.map((one) => lineOf(one, words)).join('\n')]),
    `**${words.order.toDoNow}** ${toDoOf(report, words, next)}`,
  ].join('\n\n');
}

/** @param sofar the report before the next bill was read, where it came to that */
export function failedDetailsOf(
  bill_date: string,
  failure: ApplicationFailure,
  sofar: DayReport | null,
  words: Words,
): string {
  const say = words.reconciliation;
  const why = plain(say.failure(failure.details?.[0], failure.message));
  const type = term(failure.type ?? 'Unknown');
  const route = term('POST /v1/reconciliations');
  const body = term(`{"bill_date": "${bill_date}"}`);
  return [
    `### ${say.head(bill_date, 'failed')}`,
    sofar ? say.halfReport(why, type) : say.withoutReport(why, type),
    `**${words.order.toDoNow}** ${say.afterFailure(route, body)}`,
    ...(sofar ? [reportDetailsOf(sofar, words)] : []),
  ].join('\n\n');
}

function linesOfPayments(report: DayReport, words: Words): string[] {
  const { bill, ours, agreed, elsewhere, undisclosed, awaited, in_other_bill } = report;
  const { payments: called, ofPayments, refundsInBill } = words.reconciliation;
  const told: readonly (readonly [what: string, Count | undefined])[] = [
    [called.inBill, bill.payments],
    [called.ours, ours],
    [called.agreed, agreed],
    [called.elsewhere, elsewhere],
    [called.undisclosed, undisclosed],
    [called.awaited, unlessNone(awaited)],
    [called.inOtherBill, unlessNone(in_other_bill)],
  ];
  return [
    ...told.flatMap(([what, it]) =>
      it ? [ofPayments(what, it.count, words.yuan(it.amount))] : [],
    ),
    refundsInBill(bill.refunds.count, words.yuan(bill.refunds.amount)),
  ];
}

function unlessNone(it: Count): Count | undefined {
  return it.count > 0 ? it : undefined;
}

/** A report of before 0.3 says nothing of these. */
function linesOfMoney(report: DayReport, { reconciliation: say, yuan }: Words): string[] {
  const { settlement, carried, refunds_on_their_way: onTheirWay, waivers = {} } = report;
  const { fees = 0, expected_settlement } = settlement?.total ?? {};
  const waived = Object.values(waivers).reduce((sum, { count }) => sum + count, 0);
  return [
    ...(expected_settlement === undefined
      ? []
      : [say.toBeSettled(yuan(expected_settlement), yuan(fees))]),
    ...(onTheirWay ? [say.refundsOnTheirWay(onTheirWay.count, yuan(onTheirWay.amount))] : []),
    ...(carried && carried.count > 0
      ? [say.carried(carried.oldest ?? '', carried.count, yuan(carried.amount))]
      : []),
    ...(waived > 0 ? [say.letOff(waived)] : []),
  ];
}

function linesOfAccount({ fund_flow }: DayReport, { reconciliation, yuan }: Words): string[] {
  const say = reconciliation.account;
  if (!fund_flow) return [];
  if ('missing' in fund_flow) {
    const { missing, fault, message = '' } = fund_flow;
    const again = missing === 'not_ready' ? say.startAgain : '';
    return [
      `${say.missing(missing, plain(fault ? reconciliation.fault(fault) : message))}${again}`,
    ];
  }
  const { payments, refunds, refunds_beside: beside, off = {} } = fund_flow;
  const offs = Object.entries(off).map(([of, fen]) => [of, yuan(fen)] as const);
  const told = offs.length === 0 ? say.tiesOut : say.off(offs);
  return [
    say.moved(yuan(payments.amount), yuan(refunds.amount), told),
    ...(beside ? [say.refundsBeside(beside.count, yuan(beside.amount))] : []),
  ];
}

function linesOfBill({ bill }: DayReport, { reconciliation: say, yuan }: Words): string[] {
  return [
    ...(bill.fee_off === undefined ? [] : [say.feeOff(yuan(bill.fee_off))]),
    ...(bill.replaces === undefined ? [] : [say.billReplaced]),
  ];
}

function toDoOf({ result, bill_date }: DayReport, words: Words, next: Date | undefined): string {
  const say = words.reconciliation;
  if (result === 'balanced') return say.nothing;
  const route = term(`GET /v1/reconciliations/${bill_date}/findings.csv`);
  return next ? say.whileAwaiting(route) : say.goThrough(route);
}

function lineOf(finding: Finding, { reconciliation, yuan }: Words): string {
  const { kind, healed, out_order_no, transaction_id, bill_amount, order_amount } = finding;
  const say = reconciliation.told;
  const facts = [
    ...(out_order_no === '' ? [] : [say.order(term(out_order_no))]),
    ...(transaction_id === '' ? [] : [say.transaction(term(transaction_id))]),
    ...(bill_amount === undefined ? [] : [say.bill(yuan(bill_amount))]),
    ...(order_amount === undefined ? [] : [say.ofOrder(yuan(order_amount))]),
  ];
  const { cause, action } = reconciliation.finding(finding);
  return `- ${say.line(`${kind}${healed ? say.healed : ''}`, facts, plain(cause), plain(action))}`;
}
