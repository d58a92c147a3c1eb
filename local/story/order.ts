/** One order through its life, told as it happens. */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { callUntilTaken, type CallAnswer } from './persistent-call.ts';
import { workflowUrl, type Stack } from '../stack/stack.ts';
import { untilTold } from './events.ts';
import { pointTo, quote, say, startClock } from './lines.ts';
import { beijingTimeOf } from '../../payscore/times/beijing-time.ts';
import { yuanOf } from '../../payscore/money.ts';
import type { PresentedOrder } from '../../answers/service-order.ts';
import { workflowIdOf } from '../../workflows/contract.ts';

const SERVICE_MS = 3_000;
const PAID_WITHIN_MS = 300_000;

/** Who has never authorised anything. */
export function newUser(): string {
  return `oDemo_${randomBytes(8).toString('hex')}`;
}

export interface Twist {
  readonly openid: string;
  /** WeChat Pay charges, and neither a callback nor a poll tells of it. */
  readonly isPaymentLost: boolean;
  /** When it plays, by WeChat Pay's clock. */
  readonly begin: Date;
}

/**
 * @returns the order, paid or, where its payment is lost, paying
 * @throws {Error} with the reason when it does not come so far
 */
export async function tellStory(stack: Stack, twist: Twist): Promise<PresentedOrder> {
  const { apiUrl, simulatorUrl, uiUrl } = stack;
  const out_order_no = `DEMO${Date.now()}${randomBytes(2).toString('hex')}`;
  const orderUrl = `${apiUrl}/v1/service-orders/${out_order_no}`;
  startClock();
  const real = Date.now();
  if (twist.isPaymentLost)
    await callUntilTaken('POST', `${simulatorUrl}/_control/notifications/hold`);

  const opened = await callUntilTaken('POST', `${apiUrl}/v1/service-orders`, {
    out_order_no,
    openid: twist.openid,
    service_introduction: '充电宝租借',
    risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9900 },
  });
  say('business', `POST /v1/service-orders → ${opened.status} ${phaseIn(opened)}`);
  const known = await untilPhase(orderUrl, opened, ['authorizing', ...RUNNING]);
  if (known.phase === 'authorizing') await authoriseOnPage(stack, orderUrl, twist);
  const running = await untilPhase(orderUrl, undefined, RUNNING);
  quoteOrder(running);
  if (uiUrl) pointTo(workflowUrl(uiUrl, stack, workflowIdOf(stack.mchid, out_order_no)));
  pointTo(orderUrl);

  say('user', 'rents a power bank; nothing runs, nothing is polled');
  await delay(SERVICE_MS);

  const completed = await callUntilTaken('POST', `${orderUrl}/complete`, {
    post_payments: [{ name: '租借费', amount: 500, description: '1 小时' }],
    total_amount: 500,
    // The story plays days ago, and this must have passed.
    time_range: {
      end_time: beijingTimeOf(new Date(twist.begin.getTime() + Date.now() - real - 1_000), 14),
    },
  });
  say('business', `POST …/complete, 500 fen → ${completed.status} ${phaseIn(completed)}`);
  const paying = await untilPhase(orderUrl, completed, ['paying', 'paid']);
  quoteOrder(paying);

  const paidNow = await callUntilTaken(
    'POST',
    `${simulatorUrl}/_control/orders/${out_order_no}/pay`,
  );
  // 409: they had paid already, and the answer was lost.
  if (paidNow.status >= 300 && paidNow.status !== 409)
    throw new Error(`the simulator refused: ${JSON.stringify(paidNow.body)}`);
  if (twist.isPaymentLost) {
    say('user', 'pays; the callback is lost, and nobody polls for an hour');
    const charged = await untilPhase(orderUrl, undefined, ['paying']);
    quoteOrder(charged);
    return charged;
  }
  say('user', 'pays; WeChat Pay tells us by a signed and encrypted callback');

  const paid = await untilPhase(orderUrl, undefined, ['paid']);
  say('order', `paid: ${yuanOf(paid.collection?.paid_amount ?? 0)} by ${heardBy(paid)}`);
  quoteOrder(paid);
  const [detail] = paid.collection?.details ?? [];
  quote(
    `transaction_id ${detail?.transaction_id ?? 'none'}, paid_time ${detail?.paid_time ?? 'none'}`,
  );
  if (uiUrl) pointTo(workflowUrl(uiUrl, stack, workflowIdOf(stack.mchid, out_order_no)));
  await untilTold(stack, 'service_order.paid', out_order_no);
  return paid;
}

const RUNNING = ['in_service', 'paying', 'paid'];

/** Of a first order: to WeChat's page and back to the merchant's, whose front end then says that the user waits. */
async function authoriseOnPage(
  { simulatorUrl }: Stack,
  orderUrl: string,
  { openid, isPaymentLost: isUntold }: Twist,
): Promise<void> {
  const { body } = await callUntilTaken('GET', orderUrl);
  const { apply_permissions_token, jump } = body['authorization'] as Authorizing;
  const { businessType } = jump.mini_program;
  quote('WeChat Pay knows no authorization of this user, and nothing is created yet');
  quote(
    `for the front end: wx.openBusinessView({ businessType: '${businessType}', extraData, … })`,
  );
  const user = await callUntilTaken('POST', `${simulatorUrl}/_control/permissions/authorise`, {
    apply_permissions_token,
    openid,
  });
  say('user', 'authorises the service on WeChat’s page, once and for all orders');
  quote(`WeChat Pay: authorization_state ${String(user.body['authorization_state'])}`);
  if (!isUntold) {
    const isTold = (shown: CallAnswer['body']) =>
      lastOf(shown, 'a notification says') !== undefined;
    await untilShown(orderUrl, isTold, 'WeChat Pay’s callback did not come');
    say('order', 'WeChat Pay tells us by a signed and encrypted callback, USER_OPEN_SERVICE');
  }
  const back = await callUntilTaken('POST', `${orderUrl}/refresh`);
  say('business', `POST …/refresh, as the user is back → ${back.status} ${phaseIn(back)}`);
}

interface Authorizing {
  readonly apply_permissions_token: string;
  readonly jump: { readonly mini_program: { readonly businessType: string } };
}

/** What happened last that begins so. */
function lastOf(body: CallAnswer['body'], words: string): string | undefined {
  const { timeline } = body as unknown as PresentedOrder;
  return timeline.findLast(({ event }) => event.includes(words))?.event;
}

/** @throws {Error} with these words where it does not come to that */
export async function untilShown(
  orderUrl: string,
  isIt: (body: CallAnswer['body']) => boolean,
  otherwise: string,
): Promise<void> {
  for (const end = Date.now() + PAID_WITHIN_MS; Date.now() < end; await delay(200)) {
    const { body } = await callUntilTaken('GET', orderUrl);
    if (isIt(body)) return;
  }
  throw new Error(otherwise);
}

/** The order as soon as it has come so far; what can no longer get there is an error. */
export async function untilPhase(
  orderUrl: string,
  answer: CallAnswer | undefined,
  phases: readonly string[],
): Promise<PresentedOrder> {
  const end = Date.now() + PAID_WITHIN_MS;
  let latest = answer ?? (await callUntilTaken('GET', orderUrl));
  for (;;) {
    if (latest.status >= 400) throw new Error(String(latest.body['detail'] ?? latest.status));
    const order = latest.body as unknown as PresentedOrder;
    if (phases.includes(order.phase)) return order;
    if (Date.now() > end) throw new Error(`the order is ${order.phase}, not ${phases[0]}`);
    await delay(200);
    latest = await callUntilTaken('GET', orderUrl);
  }
}

export function quoteOrder({
  state,
  state_description,
  collection,
  order_id,
}: PresentedOrder): void {
  const words = [state, state_description, collection?.state].filter(Boolean).join(' / ');
  quote(`WeChat Pay: ${words}, order_id ${order_id ?? 'none'}`);
}

/** By whom the last word came. */
function heardBy({ timeline }: PresentedOrder): string {
  const last = timeline.findLast(({ event }) => event.includes('USER_PAID'));
  return last?.event.startsWith('notification') ? 'callback' : 'polling';
}

function phaseIn({ body }: CallAnswer): string {
  return String(body['phase'] ?? body['title'] ?? '');
}
