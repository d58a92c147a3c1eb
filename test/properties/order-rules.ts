/** What the documents allow of an order that exists, and what that makes of it (docs/wechatpay-facts.md#order-states and below). */
import { DAY, RISK_CAP, type Operation, type PersonsAct } from './order-operations.ts';
import {
  isFinal,
  REFUSED,
  repeats,
  SOON,
  WRONG_STATE,
  type Model,
  type OrderModel,
  type Verdict,
} from './order-standing.ts';

type Of<Op extends Operation['op']> = Extract<Operation, { op: Op }>;

/** docs/wechatpay-facts.md#completion: ends the service, when its end has come, up to the service's cap. */
export function complete(order: OrderModel, model: Model, it: Of<'complete'>): Verdict {
  const { complete_repeat } = model.policies;
  if (order.completed && order.standing !== 'REVOKED' && complete_repeat !== 'never') {
    return repeats(complete_repeat, it.again) ? 'allowed' : REFUSED;
  }
  if (order.standing !== 'IN_SERVICE') return WRONG_STATE;
  const isWrong = it.sum === 'wrong' || it.total > RISK_CAP || it.end !== 'past';
  if (isWrong || model.now <= order.start) return REFUSED;
  order.completed = { at: model.now, total: it.total };
  owe(order, model, it.total);
  order.events.push(`completed ${it.total}`);
  return 'allowed';
}

/** With nothing to pay an order is done (docs/wechatpay-facts.md#order-states). */
function owe(order: OrderModel, { policies }: Model, total: number): void {
  order.total = total;
  order.standing = total > 0 ? 'PAYING' : 'FREE';
  if (total === 0 && policies.zero_total_notification === 'sent') order.notices += 1;
}

/** docs/wechatpay-facts.md#modification: only while WeChat charges, never above the total at completion. */
export function modify(order: OrderModel, model: Model, it: Of<'modify'>): Verdict {
  const { policies } = model;
  const again = it.again && order.modified !== undefined;
  const total = again ? (order.modified ?? 0) : it.total;
  if (again && order.standing !== 'REVOKED' && policies.modify_repeat === 'same') return 'allowed';
  if (order.standing !== 'PAYING') return WRONG_STATE;
  if (isCharging(order, model) || (!again && it.sum === 'wrong')) return REFUSED;
  if (total > (order.completed?.total ?? 0)) return REFUSED;
  if (policies.modify_limit === 'once' && order.modifications > 0) return REFUSED;
  if (policies.modify_equal === 'refused' && total === order.total) return REFUSED;
  if (total === 0 && policies.modify_to_zero === 'refused') return REFUSED;
  if (total === 0 && policies.modify_to_zero === 'stays') order.total = 0;
  else owe(order, model, total);
  order.modified = total;
  order.modifications += 1;
  order.events.push(`modified ${total}`);
  return 'allowed';
}

/** docs/wechatpay-facts.md#cancellation: ends what nobody has paid. */
export function cancel(order: OrderModel, model: Model, it: Of<'cancel'>): Verdict {
  const { cancel_repeat, cancel_while_paying } = model.policies;
  if (order.standing === 'REVOKED') {
    return repeats(cancel_repeat, it.again) ? 'allowed' : WRONG_STATE;
  }
  if (isFinal(order)) return WRONG_STATE;
  if (order.standing === 'PAYING') {
    if (cancel_while_paying === 'refused') return WRONG_STATE;
    if (isCharging(order, model)) return REFUSED;
  }
  order.standing = 'REVOKED';
  order.total = 0;
  order.events.push('cancelled 0');
  return 'allowed';
}

/** A body that is sent again was right before. */
export function isMisspelt({ policies, orders }: Model, it: Of<'cancel'>): boolean {
  const { cancel_reason_length, cancel_service_id } = policies;
  if (it.again && orders[it.order]?.standing === 'REVOKED') return false;
  const isShort = !it.service && cancel_service_id === 'required';
  return isShort || it.reason > cancel_reason_length;
}

/** docs/wechatpay-facts.md#sync: the user has paid elsewhere, after the completion and not after the call. */
export function sync(order: OrderModel, model: Model, it: Of<'sync'>): Verdict {
  const { sync_repeat, sync_tolerance_seconds, sync_notification } = model.policies;
  if (order.standing === 'PAID_ELSEWHERE' && repeats(sync_repeat, it.again)) return 'allowed';
  if (order.standing !== 'PAYING') return WRONG_STATE;
  if (isCharging(order, model)) return REFUSED;
  if (it.paid === 'before completion' || it.paid === 'in 10 min') return REFUSED;
  if (it.paid === 'in 30 s' && sync_tolerance_seconds === 0) return REFUSED;
  if (it.paid === 'just now' && order.completed?.at === model.now) return REFUSED;
  order.standing = 'PAID_ELSEWHERE';
  order.events.push(`synced ${order.total}`);
  if (sync_notification === 'sent') order.notices += 1;
  return 'allowed';
}

/** docs/wechatpay-facts.md#charging: an attempt that the merchant asks for. */
export function payCall(order: OrderModel, model: Model): Verdict {
  if (order.standing !== 'PAYING') return WRONG_STATE;
  if (isCharging(order, model)) return REFUSED;
  return attempt(order) ? 'allowed' : REFUSED;
}

/** One attempt to charge, which succeeds unless a script says otherwise. */
function attempt(order: OrderModel): boolean {
  const { script: written } = order;
  if (written && (written.failures === 'always' || written.failed < written.failures)) {
    written.failed += 1;
    order.events.push(`charge_failed ${order.total}`);
    return false;
  }
  charge(order, 'AUTH');
  return true;
}

function charge(order: OrderModel, channel: 'AUTH' | 'JSAPI'): void {
  order.standing = 'CHARGED';
  order.charges.push({ total: order.total, channel });
  order.notices += 1;
  order.events.push(`charged ${order.total}`);
}

function isCharging(order: OrderModel, { now }: Model): boolean {
  return now < order.windowUntil;
}

export function act(order: OrderModel, model: Model, what: PersonsAct): Verdict {
  if (order.standing !== (what === 'confirm' ? 'CREATED' : 'PAYING')) return WRONG_STATE;
  switch (what) {
    case 'pay':
      charge(order, 'AUTH');
      break;
    case 'pay from page':
      charge(order, 'JSAPI');
      break;
    case 'fail to pay':
      order.events.push(`charge_failed ${order.total}`);
      break;
    case 'confirm':
      order.standing = 'IN_SERVICE';
      order.start = order.created === 'starts soon' ? SOON : model.now;
      order.events.push('confirmed');
      break;
  }
  return 'allowed';
}

export function openWindow(order: OrderModel, { now }: Model, seconds: number): Verdict {
  if (isFinal(order)) return WRONG_STATE;
  order.windowUntil = now + seconds;
  return 'allowed';
}

export function script(order: OrderModel, { now }: Model, failures: number | 'always'): Verdict {
  if (isFinal(order)) return WRONG_STATE;
  order.script = { failures, since: now, made: 0, failed: 0 };
  return 'allowed';
}

/** docs/wechatpay-facts.md#order-states: only CREATED expires, after 30 days. An attempt of a script comes every hour after the completion. */
export function passOrder(order: OrderModel, now: number): void {
  if (order.standing === 'CREATED' && now >= order.accepted + 30 * DAY) {
    order.standing = 'EXPIRED';
    order.events.push('expired');
  }
  const { script: written, completed } = order;
  if (!written || !completed) return;
  const since = Math.max(written.since, completed.at);
  while (order.standing === 'PAYING' && written.made < 1001) {
    if (since + (written.made + 1) * 3600 > now) return;
    written.made += 1;
    attempt(order);
  }
}
