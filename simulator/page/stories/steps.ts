/** What several stories have in common: an order is opened, brought back, charged, and told of. */
import { randomBytes } from 'node:crypto';
import type { Notification } from '../../notifications/notification.ts';
import { yuan } from '../figures.ts';
import { startMsOf } from '../phone/order-words.ts';
import type { Part, Stage } from './stage.ts';

export function newPart({ shop, about, changes }: Stage): Part {
  const openid = `oStory_${randomBytes(8).toString('hex')}`;
  const part = { out_order_no: shop.newNumber(), openid };
  changes.about(part.out_order_no);
  about(part);
  return part;
}

/** Of a user who has authorised before. */
export async function openAuthorised(stage: Stage, part: Part): Promise<void> {
  const { mchid, appid, service_id } = stage.sources.service;
  stage.sources.permissions.authorise({ openid: part.openid, mchid, appid, service_id });
  stage.say(({ steps }) => steps.knownUser);
  await open(stage, part);
  await begin(stage, part);
}

export async function open(stage: Stage, part: Part): Promise<void> {
  const answer = await stage.shop.rent(part.out_order_no, part.openid);
  const { status, body } = stage.taken(part, 'POST /v1/service-orders', answer);
  stage.say(({ steps }) => steps.rented(status, String(body['phase'])));
}

/** Both sides have it. */
export async function begin(stage: Stage, part: Part): Promise<void> {
  await stage.untilStanding(part, 'USER_CONFIRM');
  await stage.untilPhase(part, 'in_service');
  stage.say(({ steps }) => steps.created);
}

/** @returns what is to be paid, as it is written */
export async function giveBack(stage: Stage, part: Part): Promise<string> {
  const order = await stage.untilStanding(part, 'USER_CONFIRM');
  const answer = await stage.shop.giveBack(part.out_order_no, startMsOf(order));
  stage.taken(part, 'POST …/complete', answer);
  const { total_amount } = await stage.untilStanding(part, 'USER_PAYING');
  const amount = yuan(total_amount);
  stage.say(({ steps }) => steps.givenBack(amount));
  await stage.untilPhase(part, 'paying');
  return amount;
}

export function charge(stage: Stage, { out_order_no }: Part): void {
  stage.paying.pay(out_order_no, 'AUTH', { coupon: false, paid_type: 'NEWTON' });
}

/** A notification that fits, about the order or about nobody's. */
export async function untilNotified(
  { until, sources }: Stage,
  fits: (it: Notification) => boolean,
): Promise<Notification> {
  const { latest, outbox } = sources;
  return await until(
    ({ callback }) => callback,
    () =>
      latest('notification', 50)
        .flatMap((id) => outbox.get(id) ?? [])
        .find(fits),
  );
}

export async function untilToldOfPayment(stage: Stage, part: Part): Promise<void> {
  const { attempts } = await untilNotified(
    stage,
    ({ out_order_no, event_type, state }) =>
      out_order_no === part.out_order_no &&
      event_type === 'PAYSCORE.USER_PAID' &&
      state === 'delivered',
  );
  stage.say(({ steps }) => steps.toldPaid(attempts.length));
}

/** Charged by WeChat Pay, told by callback, and known to the merchant's own system. */
export async function payByItself(stage: Stage, part: Part, amount: string): Promise<void> {
  stage.say(({ steps }) => steps.charged(amount));
  charge(stage, part);
  await untilToldOfPayment(stage, part);
  await stage.untilPhase(part, 'paid');
  stage.say(({ steps }) => steps.paid);
  await untilEvent(stage, part, 'service_order.paid');
}

/** Where somebody takes events. */
export async function untilEvent(stage: Stage, part: Part, type: string): Promise<void> {
  const { events, setting } = stage.merchant;
  if (setting.eventsSecret === undefined) return;
  await stage.until(
    ({ event }) => event(type),
    () => events.latest().find((it) => it.type === type && it.out_order_no === part.out_order_no),
  );
  stage.say(({ steps }) => steps.event(type));
}
