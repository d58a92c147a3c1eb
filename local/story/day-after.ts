/** The morning after, told as it happens: WeChat Pay's bill of the order's day against our orders. */
import { setTimeout as delay } from 'node:timers/promises';
import { callUntilTaken } from './persistent-call.ts';
import { setBillHour } from './simulated-day.ts';
import { workflowUrl, type Stack } from '../stack/stack.ts';
import { pointTo, quote, say } from './lines.ts';
import { quoteOrder, untilPhase } from './order.ts';
import { yuanOf } from '../../payscore/money.ts';
import type { Report } from '../../answers/reconciliation.ts';
import type { PresentedOrder } from '../../answers/service-order.ts';
import type { Count } from '../../reconciliation/matching/count.ts';
import { reconciliationWorkflowIdOf } from '../../workflows/contract.ts';

const REPORTED_WITHIN_MS = 120_000;
const READY_AT = '10:00';
const MIDNIGHT = '00:00';

/** @returns the report @throws {Error} with the reason when the day does not balance */
export async function tellDayAfter(
  stack: Stack,
  order: PresentedOrder,
  bill_date: string,
): Promise<Report> {
  const { apiUrl, uiUrl, mchid } = stack;
  await setBillHour(stack, MIDNIGHT);

  const url = `${apiUrl}/v1/reconciliations`;
  const started = await callUntilTaken('POST', url, { bill_date, again: true });
  say(
    'morning',
    `POST /v1/reconciliations, ${bill_date} → ${started.status}; a schedule does it every day`,
  );
  const report = await untilReported(`${url}/${bill_date}`);
  await setBillHour(stack, READY_AT);

  const { bill, ours, agreed } = report;
  say(
    'bank',
    `${wordsOf(bill.payments)} in WeChat Pay’s bill, ${wordsOf(ours)} by our orders, ${wordsOf(agreed)} agree at once`,
  );
  for (const { kind, healed, out_order_no, cause } of report.examples) {
    quote(`${kind}${healed ? ', healed' : ''}: ${out_order_no}. ${cause}`);
  }
  const isPaid = order.phase === 'paid';
  const paid = isPaid
    ? order
    : await untilPhase(`${apiUrl}/v1/service-orders/${order.out_order_no}`, undefined, ['paid']);
  if (!isPaid) quoteOrder(paid);
  say('report', `the bill of ${bill_date} is ${report.result}`);
  if (uiUrl) pointTo(workflowUrl(uiUrl, stack, reconciliationWorkflowIdOf(mchid, bill_date)));
  pointTo(`${url}/${bill_date}`);
  if (report.result !== 'balanced') throw new Error(`the bill of ${bill_date} does not balance`);
  return report;
}

async function untilReported(url: string): Promise<Report> {
  const end = Date.now() + REPORTED_WITHIN_MS;
  for (;;) {
    const { body } = await callUntilTaken('GET', url);
    const { state, report, failure } = body as {
      state?: string;
      report?: Report;
      failure?: { message: string };
    };
    if (failure) throw new Error(`the reconciliation failed: ${failure.message}`);
    if (report && state !== 'running') return report;
    if (Date.now() > end) throw new Error(`the reconciliation is still ${state ?? 'unknown'}`);
    await delay(500);
  }
}

function wordsOf({ count, amount }: Count): string {
  return `${count} payment${count === 1 ? '' : 's'} of ${yuanOf(amount)}`;
}
