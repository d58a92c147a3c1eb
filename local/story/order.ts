/** One order through its life, told as it happens. */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { callUntilTaken, type CallAnswer } from './persistent-call.ts';
import { workflowUrl, type Stack } from '../stack/stack.ts';
import { words, yuan } from '../stack/words.ts';
import { untilTold } from './events.ts';
import { pointTo, quote, say, startClock } from './lines.ts';
import { beijingTimeOf } from '../../payscore/times/beijing-time.ts';
import type { PresentedOrder } from '../../answers/service-order.ts';
import { workflowIdOf } from '../../workflows/contract.ts';

const TOTAL = 500;
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
  sayAnswered('POST /v1/service-orders', opened);
  const known = await untilPhase(orderUrl, opened, ['authorizing', ...RUNNING]);
  if (known.phase === 'authorizing') await authoriseOnPage(stack, orderUrl, twist);
  const running = await untilPhase(orderUrl, undefined, RUNNING);
  quoteOrder(running);
  if (uiUrl) pointTo(workflowUrl(uiUrl, stack, workflowIdOf(stack.mchid, out_order_no)));
  pointTo(orderUrl);

  say('user', words.order.rents);
  await delay(SERVICE_MS);

  const completed = await callUntilTaken('POST', `${orderUrl}/complete`, {
    post_payments: [{ name: '租借费', amount: TOTAL, description: '1 小时' }],
    total_amount: TOTAL,
    // The story plays days ago, and this must have passed.
    time_range: {
      end_time: beijingTimeOf(new Date(twist.begin.getTime() + Date.now() - real - 1_000), 14),
    },
  });
  sayAnswered(words.order.completion(TOTAL), completed);
  const paying = await untilPhase(orderUrl, completed, ['paying', 'paid']);
  quoteOrder(paying);

  const paidNow = await callUntilTaken(
    'POST',
    `${simulatorUrl}/_control/orders/${out_order_no}/pay`,
  );
  // 409: they had paid already, and the answer was lost.
  if (paidNow.status >= 300 && paidNow.status !== 409)
    throw new Error(words.faults.simulatorRefused(JSON.stringify(paidNow.body)));
  if (twist.isPaymentLost) {
    say('user', words.order.paysUntold);
    const charged = await untilPhase(orderUrl, undefined, ['paying']);
    quoteOrder(charged);
    return charged;
  }
  say('user', words.order.pays);

  const paid = await untilPhase(orderUrl, undefined, ['paid']);
  const amount = yuan(paid.collection?.paid_amount ?? 0);
  say('order', words.order.paid(amount, await heardBy(orderUrl)));
  quoteOrder(paid);
  const [detail] = paid.collection?.details ?? [];
  quote(words.order.payment(detail?.transaction_id ?? NONE, detail?.paid_time ?? NONE));
  if (uiUrl) pointTo(workflowUrl(uiUrl, stack, workflowIdOf(stack.mchid, out_order_no)));
  await untilTold(stack, 'service_order.paid', out_order_no);
  return paid;
}

const RUNNING = ['in_service', 'paying', 'paid'];
const NONE = words.order.none;

/** Of a first order: to WeChat's page and back to the merchant's, whose front end then says that the user waits. */
async function authoriseOnPage(
  { simulatorUrl }: Stack,
  orderUrl: string,
  { openid, isPaymentLost: isUntold }: Twist,
): Promise<void> {
  const { body } = await callUntilTaken('GET', orderUrl);
  const { apply_permissions_token, jump } = body['authorization'] as Authorizing;
  const { businessType } = jump.mini_program;
  quote(words.order.unknownUser);
  quote(words.order.jump(`wx.openBusinessView({ businessType: '${businessType}', extraData, … })`));
  const user = await callUntilTaken('POST', `${simulatorUrl}/_control/permissions/authorise`, {
    apply_permissions_token,
    openid,
  });
  say('user', words.order.authorises);
  quote(words.order.wechatSays(`authorization_state ${String(user.body['authorization_state'])}`));
  if (!isUntold) {
    const isTold = (shown: CallAnswer['body']) =>
      lastOf(shown, 'a notification says') !== undefined;
    await untilShown(orderUrl, isTold, words.faults.noCallback);
    say('order', words.order.opensService);
  }
  const back = await callUntilTaken('POST', `${orderUrl}/refresh`);
  sayAnswered(words.order.back, back);
}

interface Authorizing {
  readonly apply_permissions_token: string;
  readonly jump: { readonly mini_program: { readonly businessType: string } };
}

/** What is read here of a timeline is English, in whatever language the story is told. */
const IN_ENGLISH = { 'accept-language': 'en' };

/** What happened last that says so. */
function lastOf(body: CallAnswer['body'], english: string): string | undefined {
  const { timeline } = body as unknown as PresentedOrder;
  return timeline.findLast(({ event }) => event.includes(english))?.event;
}

/** @throws {Error} with these words where it does not come to that */
export async function untilShown(
  orderUrl: string,
  isIt: (body: CallAnswer['body']) => boolean,
  otherwise: string,
): Promise<void> {
  for (const end = Date.now() + PAID_WITHIN_MS; Date.now() < end; await delay(200)) {
    const { body } = await callUntilTaken('GET', orderUrl, undefined, IN_ENGLISH);
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
    if (Date.now() > end) throw new Error(words.faults.otherPhase(order.phase, phases[0] ?? ''));
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
  const standing = [state, state_description, collection?.state].filter(Boolean).join(' / ');
  quote(words.order.standing(standing, order_id ?? NONE));
}

/** By whom the last word came. */
async function heardBy(orderUrl: string): Promise<'callback' | 'polling'> {
  const { body } = await callUntilTaken('GET', orderUrl, undefined, IN_ENGLISH);
  return lastOf(body, 'USER_PAID')?.startsWith('notification') ? 'callback' : 'polling';
}

function sayAnswered(call: string, { status, body }: CallAnswer): void {
  const phase = String(body['phase'] ?? body['title'] ?? '');
  say('business', words.order.answered(call, status, phase));
}
