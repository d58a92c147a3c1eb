/**
 * What the documents say of a service order (docs/wechatpay-facts.md), apart from the simulator:
 * which operation is allowed where, and what it makes of state, total, charge and notifications. Where they are silent,
 * the answers that docs/simulator/silent.md gives.
 */
import type { Operation, RandomPolicies } from './order-operations.ts';
import {
  act,
  cancel,
  complete,
  isMisspelt,
  modify,
  openWindow,
  passOrder,
  payCall,
  script,
  sync,
} from './order-rules.ts';
import {
  isFinal,
  REFUSED,
  refused,
  repeats,
  SOON,
  UNKNOWN,
  WRONG_STATE,
  type Model,
  type OrderModel,
  type Verdict,
} from './order-standing.ts';

export function newModel(policies: RandomPolicies): Model {
  return { policies, now: 0, isAuthorised: true, orders: [undefined, undefined] };
}

/** What says "a second ago" is sent a minute later, so that how long a case takes does not matter. */
export function secondsBefore({ op }: Operation): number {
  return op === 'complete' || op === 'sync' ? 60 : 0;
}

/** What the operation must come to; the model becomes what the simulator should be. */
export function expected(model: Model, it: Operation): Verdict {
  switch (it.op) {
    case 'create':
      return create(model, it);
    case 'complete':
      return onOrder(model, it, complete);
    case 'modify':
      return onOrder(model, it, modify);
    case 'cancel':
      return isMisspelt(model, it) ? REFUSED : onOrder(model, it, cancel);
    case 'sync':
      return onOrder(model, it, sync);
    case 'pay call':
      return onOrder(model, it, payCall);
    case 'query':
      return onOrder(model, it, () => 'allowed');
    case 'pay':
    case 'pay from page':
    case 'fail to pay':
    case 'confirm':
      return people(onOrder(model, it, (order) => act(order, model, it.op)));
    case 'charging window':
      return people(onOrder(model, it, (order) => openWindow(order, model, it.seconds)));
    case 'script':
      return people(onOrder(model, it, (order) => script(order, model, it.failures)));
    case 'terminate':
      return terminate(model);
    case 'revoke':
      return revoke(model);
    case 'authorise':
      model.isAuthorised = true;
      return 'allowed';
    case 'pass':
      return pass(model, it.seconds);
  }
}

function onOrder<It extends { readonly order: number }>(
  model: Model,
  it: It,
  then: (order: OrderModel, model: Model, it: It) => Verdict,
): Verdict {
  const order = model.orders[it.order];
  return order === undefined ? UNKNOWN : then(order, model, it);
}

/** /_control says 409 where something is not possible. */
function people(verdict: Verdict): Verdict {
  return verdict === WRONG_STATE ? refused(409) : verdict;
}

type Of<Op extends Operation['op']> = Extract<Operation, { op: Op }>;

function create(model: Model, { order: which, body }: Of<'create'>): Verdict {
  const { policies, now, orders, isAuthorised } = model;
  const isLate = body === 'starts soon' && now >= SOON;
  if (isLate && policies.create_time_check === 'before_repeat') return REFUSED;
  const existing = orders[which];
  if (existing !== undefined) {
    const isRepeated = repeats(policies.create_repeat, existing.created === body);
    return isRepeated ? 'allowed' : REFUSED;
  }
  const isWrong = isLate || body === 'above cap';
  if (isWrong) return isAuthorised ? REFUSED : refused(400, 403);
  if (!isAuthorised) return refused(403);
  orders[which] = {
    standing: policies.create_state === 'DOING' ? 'IN_SERVICE' : 'CREATED',
    created: body,
    accepted: now,
    start: body === 'starts soon' ? SOON : now,
    total: 0,
    modifications: 0,
    windowUntil: now,
    charges: [],
    notices: 0,
    events: ['created'],
  };
  return 'allowed';
}

/** docs/wechatpay-facts.md#termination: not while an order is unfinished. */
function terminate(model: Model): Verdict {
  if (!model.isAuthorised) {
    return model.policies.repeated_termination === 'accepted' ? 'allowed' : REFUSED;
  }
  if (model.orders.some((order) => order && !isFinal(order))) return REFUSED;
  model.isAuthorised = false;
  return 'allowed';
}

/** Inside WeChat a user can revoke in spite of orders, which go on. */
function revoke(model: Model): Verdict {
  if (!model.isAuthorised) return refused(409);
  model.isAuthorised = false;
  return 'allowed';
}

export function pass(model: Model, seconds: number): Verdict {
  model.now += seconds;
  for (const order of model.orders) if (order) passOrder(order, model.now);
  return 'allowed';
}
