/** The morning after, told as it happens: WeChat Pay's bill of the order's day against our orders. */
import { setTimeout as delay } from 'node:timers/promises';
import { callUntilTaken } from './persistent-call.ts';
import { setBillHour } from './simulated-day.ts';
import { workflowUrl, type Stack } from '../stack/stack.ts';
import { words, yuan } from '../stack/words.ts';
import { pointTo, quote, say } from './lines.ts';
import { quoteOrder, untilPhase } from './order.ts';
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
  say('morning', words.day.starts(bill_date, started.status));
  const report = await untilReported(`${url}/${bill_date}`);
  await setBillHour(stack, READY_AT);

  const { bill, ours, agreed } = report;
  say('bank', words.day.compared(wordsOf(bill.payments), wordsOf(ours), wordsOf(agreed)));
  for (const { kind, healed, out_order_no, cause } of report.examples) {
    quote(words.day.finding(kind, healed, out_order_no, cause));
  }
  const isPaid = order.phase === 'paid';
  const paid = isPaid
    ? order
    : await untilPhase(`${apiUrl}/v1/service-orders/${order.out_order_no}`, undefined, ['paid']);
  if (!isPaid) quoteOrder(paid);
  say('report', words.day.result(bill_date, report.result));
  if (uiUrl) pointTo(workflowUrl(uiUrl, stack, reconciliationWorkflowIdOf(mchid, bill_date)));
  pointTo(`${url}/${bill_date}`);
  if (report.result !== 'balanced') throw new Error(words.faults.unbalanced(bill_date));
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
    if (failure) throw new Error(words.faults.reconciliationFailed(failure.message));
    if (report && state !== 'running') return report;
    if (Date.now() > end) throw new Error(words.faults.reconciling(state ?? 'unknown'));
    await delay(500);
  }
}

function wordsOf({ count, amount }: Count): string {
  return words.day.payments(count, yuan(amount));
}
