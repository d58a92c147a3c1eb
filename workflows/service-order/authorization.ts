/** Whether the user has authorised the service, and how they are led to WeChat where they have not. */
import { ActivityFailure, condition, isCancellation, sleep } from '@temporalio/workflow';
import { tried, untilAnswered } from './until-answered.ts';
import {
  queryOrder,
  queryUntilAnswered,
  noteMisconfigured,
  pauseMs,
} from '../unknown-outcome/query.ts';
import {
  awaitAuthorizationFor,
  getAgreement,
  getPermission,
  inTrace,
  prepareAuthorization,
} from '../activities.ts';
import type { OrderState } from './order-state.ts';
import { isUnaccepted, refusalIn, typeOf, whyOf } from '../unknown-outcome/activity-failure.ts';
import type { UnresolvedTimer } from '../unknown-outcome/unresolved-timer.ts';
import { authorizeUntil } from '../../payscore/times/deadlines.ts';
import type { Fact } from '../../payscore/order/fact.ts';
import { lastArrivalOf } from '../../payscore/times/in-flight.ts';
import type { Invitation } from '../../payscore/order/order.ts';
import type { Opened } from '../../payscore/order/opening.ts';
import type { Refusal } from '../../payscore/refusals/refusal.ts';
import { prepareBodyOf } from '../../payscore/order/request-body.ts';
import { hasEnded } from '../../payscore/rules/ended.ts';
import { words } from '../words.ts';

const TIMERS = words.summaries.timers;

/** How much of WeChat's token must be left for a user to be sent there with it. */
const SPARE_MS = 300_000;
const LOOK_MS = 60_000;

/**
 * The first look, for a user who waits. Where there is no permission, WeChat is asked whether the order exists all the same:
 * another system may have created it. Otherwise the user is invited.
 *
 * @returns whether the order can be created now
 */
export async function isAuthorised(state: OrderState, timer: UnresolvedTimer): Promise<boolean> {
  const permission = await untilAnswered(
    state,
    () => askPermission(state, 'openid', inTrace(state.order.opening.traceparent)),
    timer,
  );
  if (!permission) return false;
  if ('failure' in permission) {
    // While WeChat answers nothing at all, the order must wait with whoever asked for it.
    const because = whyOf(permission.failure);
    const why = { code: 'permission_unasked', because } as const;
    timer.heldBy(why);
    await queryUntilAnswered(state, timer);
    state.apply({ kind: 'unreachable', why, refusal: refusalIn(permission.failure) });
    return false;
  }
  const { said } = permission;
  if (said.authorization_state === 'AVAILABLE') {
    record(state, 'openid', said);
    return true;
  }
  await queryUntilAnswered(state, timer);
  await untilAllHasArrived(state);
  if (isOpenable(state)) await invite(state, said.authorization_state);
  return false;
}

function isOpenable({ order }: OrderState): boolean {
  return order.phase === 'creating' && !hasEnded(order);
}

/** What a run had sent that was broken off may still create the order: a user who is invited meanwhile would not know. */
async function untilAllHasArrived(state: OrderState): Promise<void> {
  for (;;) {
    const arriving = lastArrivalOf(state.order) - Date.now();
    if (!isOpenable(state) || arriving <= 0) return;
    await sleep(Math.min(arriving, LOOK_MS), { summary: TIMERS.creationArrived });
    await queryOrder(state);
  }
}

/**
 * Looks again: by openid where a user waits for this order, otherwise by the order's own authorization code, because a user
 * who has left this order may have authorised for another one. Gives who must still authorise a token that lives long enough.
 */
export async function lookAgain(state: OrderState): Promise<Untold | undefined> {
  const { isUserBack, awaitedAt } = state.order;
  const by = isUserBack ? 'openid' : 'code';
  const permission = await tried(state, () => askPermission(state, by));
  if ('failure' in permission) {
    return { why: whyOf(permission.failure), refusal: refusalIn(permission.failure) };
  }
  record(state, by, permission.said, awaitedAt);
  const { phase, invitation } = state.order;
  if (phase === 'authorizing' && invitation && isSpent(invitation)) {
    await invite(state, permission.said.authorization_state);
  }
  return undefined;
}

/** Waits for the user until the time for the authorization is over. A notification may be faster. */
export async function untilAuthorised(state: OrderState): Promise<void> {
  for (let round = 1; left(state) > 0; round++) {
    if (state.order.isFoundLate) {
      // Nobody waits any more: only who comes back gets the order.
      const isNotLate = () => !state.order.isFoundLate;
      await condition(isNotLate, left(state), { summary: TIMERS.somebodyBack });
      continue;
    }
    const failure = await pollFor(state, left(state));
    if (!failure) {
      if (state.order.phase !== 'authorizing') return;
      continue;
    }
    // Temporal ends an activity whose next attempt would come too late.
    if (isUnaccepted(failure)) {
      noteMisconfigured(state, refusalIn(failure), whyOf(failure));
      const ms = Math.min(pauseMs(Math.min(round + 5, 10)), left(state));
      if (ms > 0) await sleep(ms, { summary: TIMERS.askAgain });
      await lookAgain(state);
    } else if (left(state) > 0) {
      await condition(() => false, left(state), { summary: TIMERS.authorizationOver });
    }
  }
  const last = await untilAnswered(state, () => askPermission(state, 'code'));
  if (!last) return;
  if ('said' in last) record(state, 'code', last.said);
  const authorization_state = 'said' in last ? last.said.authorization_state : 'unknown';
  const why = state.order.isFoundLate
    ? ({ code: 'authorised_for_nobody' } as const)
    : ({ code: 'not_authorised_in_time', authorization_state } as const);
  if (state.order.phase === 'authorizing') state.apply({ kind: 'unauthorized', why });
}

/** Undefined when the user has authorised. */
async function pollFor(state: OrderState, ms: number): Promise<ActivityFailure | undefined> {
  try {
    record(state, 'code', told(await awaitAuthorizationFor(ms)(agreementOf(state))));
    return undefined;
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    return error;
  }
}

/** Of the time in which the user may authorise, in ms. */
function left({ order }: OrderState): number {
  return Date.parse(order.authorizeUntil ?? '') - Date.now();
}

interface Told {
  readonly authorization_state: string;
  /** When the user authorised, RFC 3339. */
  readonly since?: string | undefined;
  /** When WeChat last said no, RFC 3339. */
  readonly saidNoAt?: string | undefined;
}

/** WeChat does not tell. */
interface Untold {
  readonly why: Fact;
  readonly refusal: Refusal | undefined;
}

async function askPermission(
  state: OrderState,
  by: 'openid' | 'code',
  within: ReturnType<typeof inTrace> = [],
): Promise<Told> {
  const agreement = agreementOf(state);
  return told(
    await (by === 'openid' ? getPermission(agreement, ...within) : getAgreement(agreement)),
  );
}

interface Said {
  readonly authorization_state: string;
  readonly authorization_success_time?: string | undefined;
  readonly saidNoAt?: string | undefined;
}

function told(said: Said): Told {
  const { authorization_state, authorization_success_time: since, saidNoAt } = said;
  return { authorization_state, since, saidNoAt };
}

function record(
  state: OrderState,
  by: 'openid' | 'code',
  { authorization_state, since, saidNoAt }: Told,
  asOf = state.order.awaitedAt,
): void {
  state.apply({ kind: 'permission', authorization_state, by, since, saidNoAt, asOf });
}

/** 商户预授权, under the order's own number. */
async function invite(state: OrderState, authorization_state: string): Promise<void> {
  const { opening, invitation, authorizeUntil: fixed } = state.order;
  const prepare = () => prepareAuthorization(prepareBodyOf(state.order));
  // Without an answer an old token stays; who asks again tries again.
  const prepared = await (invitation ? tried(state, prepare) : untilAnswered(state, prepare));
  if (!prepared) return;
  if ('said' in prepared) {
    const until = fixed ?? authorizeUntil((opening as Opened).request, new Date()).toISOString();
    return state.apply({ kind: 'invited', invitation: prepared.said, until });
  }
  const { failure } = prepared;
  const refusal = refusalIn(failure);
  const why = { code: 'not_invited', authorization_state, because: whyOf(failure) } as const;
  if (!invitation) return state.apply({ kind: 'unreachable', why, refusal });
  if (typeOf(failure) !== 'Refused') return;
  // The user may have authorised at this very moment: then there is nothing left to invite to.
  const now = await tried(state, () => askPermission(state, 'code'));
  if ('failure' in now) return;
  if (now.said.authorization_state === 'AVAILABLE') record(state, 'code', now.said);
  else state.apply({ kind: 'unauthorized', why, refusal });
}

function isSpent({ expires_at }: Invitation): boolean {
  return Date.parse(expires_at) - Date.now() < SPARE_MS;
}

function agreementOf({ order }: OrderState) {
  const { appid, service_id } = order.opening.service;
  const { out_order_no: authorization_code, openid = '' } = order;
  return { authorization_code, openid, appid, service_id };
}
