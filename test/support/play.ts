/** Brings an order to where a test begins. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Call } from '../../simulator/transport/call.ts';
import type { Fault } from '../../simulator/control.ts';
import type { OrderView } from '../../payscore/order/view.ts';
import type { NamedService } from '../../schemas/named-service.ts';
import type { ApiAnswer } from './api-client.ts';
import { order as orderQuery } from '../../workflows/contract.ts';
import { eventually } from './eventually.ts';
import { rental, rentalEnd } from './orders.ts';
import type { Stack } from './stack.ts';

export interface PlayedOrder {
  readonly out_order_no: string;
  readonly openid: string;
}

/** In service, and old enough to be completed at once: WeChat takes an end_time only when it has passed. */
export async function inService(
  stack: Stack,
  { appid, service_id }: NamedService = {},
): Promise<PlayedOrder> {
  // On a busy machine a creation may take longer than a caller waits, and than an order is waited for.
  const deadlines = { creation_seconds: 600 };
  const order = rental({ risk_fund: { amount: 2_000 }, deadlines, appid, service_id });
  await stack.people.authorise(order.openid, service_id, appid);
  // By the time it is repeated it may be there.
  const opened = await stack.api.open(order);
  assert.ok([200, 201, 202].includes(opened.status), JSON.stringify(opened.body));
  await untilPhase(stack, order.out_order_no, 'in_service', opened);
  await delay(2_100);
  return order;
}

export async function paying(
  stack: Stack,
  total_amount = 500,
  named: NamedService = {},
): Promise<PlayedOrder> {
  const order = await inService(stack, named);
  const completed = await stack.api.complete(order.out_order_no, rentalEnd(total_amount));
  assert.ok(completed.status === 200 || completed.status === 202);
  const phase = total_amount === 0 ? 'free' : 'paying';
  await untilPhase(stack, order.out_order_no, phase, completed);
  return order;
}

/** Opened for a user who has not authorised, with the token for WeChat's page. */
export async function invited({ api }: Stack, change: Record<string, unknown> = {}) {
  const order = rental(change);
  // A slow machine answers before WeChat has prepared it; the same again is answered the same.
  const { apply_permissions_token: token } = await eventually('the invitation', async () => {
    const { status, body } = await api.open(order);
    assert.equal(status, 202, JSON.stringify(body));
    return body.authorization as { apply_permissions_token: string } | undefined;
  });
  return { order, number: order.out_order_no, token };
}

/** As business code does with a 202: the same again, until it is known what came of it. */
export async function known(ask: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
  return await eventually('the outcome', async () => {
    const answer = await ask();
    return answer.status !== 202 && answer;
  });
}

/** @param answered the answer to what brings it there, which may show it already: that spares the order a question */
async function untilPhase(
  { api }: Stack,
  out_order_no: string,
  phase: OrderView['phase'],
  answered: ApiAnswer,
): Promise<void> {
  if (answered.body.phase === phase) return;
  await eventually(phase, async () => (await api.read(out_order_no)).body.phase === phase, 60_000);
}

/** What was asked for has been sent, and what became of it is not known. */
export async function isOnItsWay(stack: Stack, out_order_no: string): Promise<void> {
  await shown(stack, out_order_no, {
    pending_operation: (pending: { is_unknown?: boolean } | undefined) => pending?.is_unknown,
  });
}

/** An order that has ended and owes money: its run goes on until that is paid back. */
export async function owing({ run }: Stack, out_order_no: string): Promise<OrderView> {
  return await eventually(`${out_order_no} owes money`, async () => {
    const view = await run(out_order_no).query(orderQuery);
    return view.trouble === 'refund_due' && view;
  });
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

/** What WeChat really did, with the total afterwards: `completed 500`. */
export async function executedOn({ people }: Stack, out_order_no: string): Promise<string[]> {
  const { ledger } = await people.order(out_order_no);
  return ledger.map(({ event, total_amount }) => `${event} ${total_amount}`);
}

/** In fen, what really left the user's account. */
export async function chargedOn({ people }: Stack, out_order_no: string): Promise<number> {
  const { ledger } = await people.order(out_order_no);
  return ledger.reduce((sum, { charged }) => sum + charged, 0);
}

/** In fen, what really came back to the user's account. */
export async function refundedOn({ people }: Stack, out_order_no: string): Promise<number> {
  const { ledger } = await people.order(out_order_no);
  return ledger.reduce((sum, { refunded = 0 }) => sum + refunded, 0);
}

/** The next calls of this kind, about this order alone, go wrong. */
export async function strike(
  { people }: Stack,
  out_order_no: string,
  call: Call,
  fault: Fault,
  more: Omit<Parameters<Stack['people']['planFault']>[0], 'fault'> = {},
): Promise<void> {
  await people.planFault({ call, fault, out_order_no, ...more });
}

/** WeChat's notifications of this order get lost, each and every one. */
export async function losesNotifications({ people }: Stack, out_order_no: string): Promise<void> {
  await people.planNotificationFault({ fault: 'lost', out_order_no, times: 100 });
}

/** The order as the API shows it, once its fields are these, or such as these functions want. */
export async function shown(
  { api }: Stack,
  out_order_no: string,
  wanted: Readonly<Record<string, unknown>>,
  ms?: number,
) {
  const fits = (value: unknown, wish: unknown) =>
    typeof wish === 'function' ? wish(value) === true : value === wish;
  let last: ApiAnswer | undefined;
  const { body } = await eventually(
    () => `${out_order_no} ${JSON.stringify(wanted)}, but ${JSON.stringify(last?.body)}`,
    async () => {
      const answer = await api.read(out_order_no);
      last = answer;
      const isThere = Object.entries(wanted).every(([name, wish]) => fits(answer.body[name], wish));
      return isThere && answer;
    },
    ms,
  );
  return body;
}
