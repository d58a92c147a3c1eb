/** A day that was: orders played a day ago by WeChat's clock, and its bill on the morning after. */
import assert from 'node:assert/strict';
import { eventually } from './eventually.ts';
import { rentalEnd } from './orders.ts';
import { inService, shown, type PlayedOrder } from './play.ts';
import { beijingTimeOf } from '../../payscore/times/beijing-time.ts';
import { billDateOf } from '../../payscore/times/bill-date.ts';
import type { NamedService } from '../../schemas/named-service.ts';
import type { DayReport } from '../../reconciliation/report/report.ts';
import type { Stack } from './stack.ts';

const DAY_MS = 24 * 3_600_000;

/** @returns the day so many days ago in Beijing */
export function daysAgo(days: number): string {
  return billDateOf(new Date(Date.now() - days * DAY_MS));
}

/** From this time of the day on in Beijing, whatever the time is now. */
export async function play({ people }: Stack, bill_date: string, time = '11:00:00'): Promise<void> {
  await people.setClock({ now: `${bill_date}T${time}+08:00` });
}

/** An order that WeChat is charging, all of it by WeChat's clock. */
export async function payingThen(stack: Stack, named: NamedService = {}): Promise<PlayedOrder> {
  const order = await inService(stack, named);
  const { now } = await stack.people.clock();
  // It must have passed, and the order is two seconds old.
  const end_time = beijingTimeOf(new Date(Date.parse(now) - 1_000), 14);
  const body = { ...rentalEnd(500), time_range: { end_time } };
  const { status } = await stack.api.complete(order.out_order_no, body);
  assert.ok([200, 202].includes(status), String(status));
  await shown(stack, order.out_order_no, { phase: 'paying' });
  return order;
}

/** Now, and the bills of all days before are there. */
export async function comeMorning({ people }: Stack): Promise<void> {
  await people.setClock({ now: new Date().toISOString() });
  await people.setBills({ ready_at: '00:00' });
}

export interface ToldReconciliation {
  readonly bill_date: string;
  readonly state: string;
  readonly report?: DayReport;
  readonly failure?: { readonly type: string; readonly message: string };
}

/** Asks for the day, and waits until it is no longer under way. */
export async function reconciled(
  { api }: Stack,
  bill_date: string,
  settled: readonly string[] = ['balanced', 'unbalanced', 'awaiting', 'failed'],
): Promise<ToldReconciliation> {
  const asked = await api.call('POST', '/v1/reconciliations', { bill_date, again: true });
  assert.ok([200, 202].includes(asked.status), JSON.stringify(asked.body));
  let told: ToldReconciliation | undefined;
  await eventually(
    'a reconciliation',
    async () => {
      told = (await api.call('GET', `/v1/reconciliations/${bill_date}`)).body as ToldReconciliation;
      return settled.includes(told.state);
    },
    120_000,
  );
  assert.ok(told);
  return told;
}
