/**
 * Has WeChat tell how an order stands before anything is done to it: one that an earlier run of ours or another system may
 * have brought further than is known here. Nothing is created, and nothing given up, before that is known.
 */
import { queryOrder, noteUnresolved, type QueryResult } from '../unknown-outcome/query.ts';
import { getServiceOrderInTime } from '../activities.ts';
import type { OrderState } from './order-state.ts';
import { noteOtherOrder } from './creation.ts';
import { giveUp } from './giving-up.ts';
import { endAsNeverOpened } from './never-opened.ts';
import type { Fact } from '../../payscore/order/fact.ts';
import { lastArrivalOf } from '../../payscore/times/in-flight.ts';
import { differencesOf } from '../../payscore/rules/effect-of-creation.ts';
import type { Outcome } from '../../payscore/order/operation.ts';
import { isToBeCreated } from '../../payscore/order/opening.ts';
import { belongsTo } from '../../payscore/rules/identity.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';

/** WeChat's copies may not have heard of an order yet, and of a refusal it may think better. */
const LOOKS = 3;

/**
 * Asks once. Where that tells too little, the order stays to be looked up.
 *
 * @param vain how often it was asked before
 */
export async function lookUp(state: OrderState, vain: number): Promise<void> {
  const account = await queryOrder(state, getServiceOrderInTime);
  switch (account.kind) {
    case 'told':
      return found(state, account.said);
    case 'none':
      return foundNone(state, vain);
    case 'refused':
    case 'misconfigured':
      if (isKnownHere(state)) return insistInTime(state, account);
      if (vain + 1 < LOOKS) return;
      lookedUp(state);
      return endWithout(state, account);
    case 'silent':
      return insist(state, account.why);
    case 'behind':
  }
}

/** What an order ends with that is only taken up, once it has been looked up. */
export function adopt(state: OrderState): Outcome {
  const { phase, givingUp } = state.order;
  if (phase === 'creating' && givingUp !== undefined) giveUp(state);
  return { kind: 'done' };
}

function found(state: OrderState, said: ServiceOrder): void {
  const { order } = state;
  const { opening, phase, givingUp } = order;
  if (phase !== 'creating' || givingUp !== undefined) return lookedUp(state);
  if (!belongsTo(order, said)) {
    lookedUp(state);
    return isToBeCreated(opening)
      ? noteOtherOrder(state, { code: 'number_of_somebody_else' })
      : endWithout(state, { kind: 'told', said });
  }
  if (said.state === 'CREATED') {
    lookedUp(state);
    // Nothing runs that waits for a confirmation, and no fee is lost.
    return state.apply({ kind: 'given_up', why: { code: 'in_confirm_mode' } });
  }
  const fields = isToBeCreated(opening) && !opening.takesUp ? differencesOf(opening, said) : [];
  if (fields.length > 0) {
    lookedUp(state);
    return noteOtherOrder(state, { code: 'number_taken', differs: fields, isAdoptable: true });
  }
  insist(state, { code: 'state_not_understood', state: said.state });
}

function foundNone(state: OrderState, vain: number): void {
  const { phase, opening } = state.order;
  // Nothing exists yet of an order whose user is to authorise.
  if (phase === 'authorizing') return lookedUp(state);
  if (phase !== 'creating') {
    lookedUp(state);
    return insist(state, { code: 'order_forgotten' });
  }
  if (isToBeCreated(opening) && state.order.givingUp === undefined) return lookedUp(state);
  // As long as something may arrive, that WeChat knows nothing proves nothing.
  if (lastArrivalOf(state.order) > Date.now() || vain + 1 < LOOKS) return;
  lookedUp(state);
  endWithout(state, { kind: 'none' });
}

function lookedUp(state: OrderState): void {
  state.apply({ kind: 'looked_up' });
}

/** A run that was opened again because WeChat did not take our calls may meet the same. */
function insistInTime(state: OrderState, { kind, why }: Extract<QueryResult, { why: Fact }>): void {
  if (kind === 'misconfigured' && endAsNeverOpened(state, why)) return;
  insist(state, why);
}

function insist(state: OrderState, because: Fact): void {
  noteUnresolved(state, { code: 'order_untold', because });
}

function endWithout(state: OrderState, account: QueryResult): void {
  const isRefused = account.kind === 'refused' || account.kind === 'misconfigured';
  const refusal = isRefused ? account.refusal : undefined;
  state.apply({ kind: 'not_created', why: reasonOf(account), refusal });
}

function isKnownHere({ order: { opening } }: OrderState): boolean {
  return 'request' in opening || opening.takesUp !== undefined;
}

function reasonOf(account: QueryResult): Fact {
  switch (account.kind) {
    case 'told':
      return { code: 'other_under_number', state: account.said.state };
    case 'none':
    case 'behind':
      return { code: 'none_under_number' };
    case 'refused':
    case 'misconfigured':
    case 'silent':
      return { code: 'not_let_ask' };
  }
}
