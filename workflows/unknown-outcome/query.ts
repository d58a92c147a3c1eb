/** WeChat's own account of an order: asked for, and applied whatever it was asked for. */
import { ActivityFailure, isCancellation, patched, sleep } from '@temporalio/workflow';
import { getServiceOrder, getServiceOrderBriefly } from '../activities.ts';
import type { OrderState } from '../service-order/order-state.ts';
import { refusalIn, typeOf, whyOf } from './activity-failure.ts';
import { endAsNeverOpened } from '../service-order/never-opened.ts';
import type { UnresolvedTimer } from './unresolved-timer.ts';
import { isSame, type Fact } from '../../payscore/order/fact.ts';
import { recordOf } from '../../payscore/order/fold-operation.ts';
import { effectOfCreation } from '../../payscore/rules/effect-of-creation.ts';
import { FIRST, isToBeCreated } from '../../payscore/order/opening.ts';
import { isFinal, phaseOf } from '../../payscore/rules/phase.ts';
import { isNotSetUp, type Refusal } from '../../payscore/refusals/refusal.ts';
import { belongsTo } from '../../payscore/rules/identity.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';
import { words } from '../words.ts';

export type QueryResult =
  | { readonly kind: 'told'; readonly said: ServiceOrder }
  /** WeChat is proven not to know the number. */
  | { readonly kind: 'none' }
  /** One of WeChat's copies may not have heard of what was done: to be asked again. */
  | { readonly kind: 'behind' }
  /** WeChat does not let us ask. */
  | { readonly kind: 'refused'; readonly refusal: Refusal | undefined; readonly why: Fact }
  /** It would, if our keys were right. */
  | { readonly kind: 'misconfigured'; readonly refusal: Refusal | undefined; readonly why: Fact }
  /** It has not answered for long. */
  | { readonly kind: 'silent'; readonly why: Fact };

/** WeChat's own account of this order, noted at once, whoever asked and whatever for. */
export async function queryOrder(state: OrderState, get = getServiceOrder): Promise<QueryResult> {
  const asOf = state.order.epoch;
  try {
    const said = await get(keyOf(state));
    noteAnswered(state);
    // What was sent, or came back, since it was asked for is not in the answer.
    const isOvertaken = asOf < state.order.epoch && !(said && isFinal(phaseOf(said)));
    if (isOvertaken) return await queryOrder(state, get);
    if (said === null) {
      state.apply({ kind: 'none_told' });
      return { kind: 'none' };
    }
    if (isThisOrder(state, said)) {
      state.apply({ kind: 'observed', by: 'query', serviceOrder: said, asOf });
    }
    return state.order.raisedSince === undefined ? { kind: 'told', said } : { kind: 'behind' };
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    return unanswered(state, error);
  }
}

function unanswered(state: OrderState, failure: ActivityFailure): QueryResult {
  const refusal = refusalIn(failure);
  const why = whyOf(failure);
  switch (typeOf(failure)) {
    case 'Misconfigured':
    case 'Unaccepted':
      noteMisconfigured(state, refusal, why);
      return { kind: 'misconfigured', refusal, why };
    case 'Refused':
    case 'NotFound':
      noteRefused(state, refusal, why);
      return { kind: 'refused', refusal, why };
    case 'Unknown':
    case 'Throttled':
    case 'NotSent':
      return { kind: 'silent', why };
  }
}

/**
 * Of an order that exists, who may not even ask is not set up (any more); every other refusal is an answer. One that may be
 * another's as long as it is created WeChat need not show, and tells by that that it takes our calls.
 */
function noteRefused(state: OrderState, refusal: Refusal | undefined, why: Fact): void {
  const { phase, troubles } = state.order;
  if (!refusal || !isNotSetUp(refusal)) return noteAnswered(state);
  if (phase !== 'creating') return noteMisconfigured(state, refusal, why);
  // Runs of 0.2 kept the trouble.
  if (troubles.includes('misconfigured') && patched('taken-though-not-shown')) noteAnswered(state);
}

/** Asks until WeChat has answered, whatever it says, or the order has ended because it does not take our calls. */
export async function queryUntilAnswered(
  state: OrderState,
  timer: UnresolvedTimer,
): Promise<QueryResult> {
  const since = new Date().toISOString();
  for (let round = 1; ; round++) {
    const account = await queryOrder(state, getServiceOrderBriefly);
    const { kind } = account;
    if (kind === 'told' || kind === 'none' || kind === 'refused') return account;
    if (kind === 'misconfigured' && endAsNeverOpened(state, account.why)) return account;
    const because: Fact = 'why' in account ? account.why : { code: 'copies_differ' };
    timer.heldBy({ code: 'order_untold', because }, since);
    await pause(round, words.summaries.timers.askAgain);
  }
}

/** Asks until the order shows what it must: an operation's answer alone does not settle an order. */
export async function queryUntil(
  state: OrderState,
  timer: UnresolvedTimer,
  isKnown: () => boolean,
): Promise<void> {
  for (let round = 0; !isKnown(); round++) {
    timer.heldBy({ code: 'yes_not_shown' });
    if (round > 0) await pause(round, words.summaries.timers.askAgain);
    await queryOrder(state);
  }
}

export function noteMisconfigured(
  state: OrderState,
  refusal: Refusal | undefined,
  why: Fact,
): void {
  state.apply({
    kind: 'troubled',
    trouble: 'misconfigured',
    why,
    ...(refusal && { refusal: { ...refusal, operation: 'query' } }),
  });
}

/** Once: the same again would be no news. */
export function noteUnresolved(state: OrderState, why: Fact): void {
  const { troubles, unresolved } = state.order;
  if (troubles.includes('unresolved') && isSame(unresolved, why)) return;
  state.apply({ kind: 'troubled', trouble: 'unresolved', why });
}

/** Whatever it says: it takes our calls. */
export function noteAnswered(state: OrderState): void {
  if (state.order.troubles.includes('misconfigured')) state.apply({ kind: 'answered' });
}

/** How WeChat finds the order. */
export function keyOf({ order }: OrderState) {
  const { appid, service_id } = order.opening.service;
  return { out_order_no: order.out_order_no, appid, service_id };
}

const LONGEST_PAUSE_MS = 3_600_000;

/** Grows to an hour: whatever takes longer needs a person, and history must not fill up meanwhile. */
export function pauseMs(round: number): number {
  return Math.min(1_000 * 2 ** Math.min(round - 1, 12), LONGEST_PAUSE_MS);
}

export async function pause(round: number, summary: string): Promise<void> {
  await sleep(pauseMs(round), { summary });
}

/** Until it is created, the number may turn out to belong to another order. Who takes an order up takes it as it is. */
function isThisOrder({ order }: OrderState, said: ServiceOrder): boolean {
  const { opening, phase, givingUp } = order;
  const isKnown = phase !== 'creating' || givingUp !== undefined;
  if (isKnown || opening.takesUp || !isToBeCreated(opening)) return belongsTo(order, said);
  const isTaken = recordOf(order, FIRST)?.progress?.isTaken === true;
  // What was there before its run is taken up as far as it is seen to be the same.
  const ownership = isTaken ? 'taken' : order.isToBeLookedUp ? 'shown' : 'asked';
  return effectOfCreation(opening, said, ownership).kind === 'applied';
}
