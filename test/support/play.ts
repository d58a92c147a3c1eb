/** Brings an order to where a test begins. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { rental, rentalEnd } from './orders.ts';
import type { Stack } from './stack.ts';

export interface PlayedOrder {
  readonly out_order_no: string;
  readonly openid: string;
}

/** In service, and old enough to be completed at once: WeChat takes an end_time only when it has passed. */
export async function inService({ people, api }: Stack): Promise<PlayedOrder> {
  const order = rental({ risk_fund: { amount: 2_000 } });
  await people.authorise(order.openid);
  assert.equal((await api.open(order)).status, 201);
  await delay(2_100);
  return order;
}

export async function paying(stack: Stack, total_amount = 500): Promise<PlayedOrder> {
  const order = await inService(stack);
  const { status } = await stack.api.complete(order.out_order_no, rentalEnd(total_amount));
  assert.equal(status, 200);
  return order;
}

/** How often the order's run has scheduled this activity. */
export async function timesScheduled(
  { historyOf }: Stack,
  out_order_no: string,
  activity: string,
): Promise<number> {
  const names = (await historyOf(out_order_no)).map(
    (event) => event.activityTaskScheduledEventAttributes?.activityType?.name,
  );
  return names.filter((name) => name === activity).length;
}
