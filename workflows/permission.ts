/** Whether the user has authorised the service, and how they are led to WeChat where they have not. */
import { ActivityFailure, condition, isCancellation, sleep } from '@temporalio/workflow';
import { tried, untilAnswered } from './acceptance.ts';
import { ask, askUntilAnswered, noteMisconfigured, pauseMs } from './account.ts';
import {
  awaitAuthorizationFor,
  getAgreement,
  getPermission,
  prepareAuthorization,
} from './activities.ts';
import type { Book } from './book.ts';
import { isUnaccepted, refusalIn, typeOf, wordsOf } from './failure.ts';
import type { Watch } from './watch.ts';
import { authorizeUntil } from '../payscore/deadline.ts';
import { lastArrivalOf } from '../payscore/in-flight.ts';
import type { Invitation, Opened } from '../payscore/order.ts';
import type { Refusal } from '../payscore/refusal.ts';
import { prepareBodyOf } from '../payscore/request-body.ts';
import { hasEnded } from '../payscore/unserved.ts';

/** How much of WeChat's token must be left for a user to be sent there with it. */
const SPARE_MS = 300_000;
const LOOK_MS = 60_000;

/**
 * The first look, for a user who waits. Where there is no permission, WeChat is asked whether the order exists all the same:
 * another system may have created it. Otherwise the user is invited.
 *
 * @returns whether the order can be created now
 */
export async function isAuthorised(book: Book, watch: Watch): Promise<boolean> {
  const permission = await untilAnswered(book, () => askPermission(book, 'openid'), watch);
  if (!permission) return false;
  if ('failure' in permission) {
    // While WeChat answers nothing at all, the order must wait with whoever asked for it.
    const why = `The user's permission could not be asked for: ${wordsOf(permission.failure)}.`;
    watch.held(why);
    await askUntilAnswered(book, watch);
    book.record({ kind: 'unreachable', why, refusal: refusalIn(permission.failure) });
    return false;
  }
  const { said } = permission;
  if (said.state === 'AVAILABLE') {
    record(book, 'openid', said);
    return true;
  }
  await askUntilAnswered(book, watch);
  await untilAllHasArrived(book);
  if (isOpenable(book)) await invite(book, said.state);
  return false;
}

function isOpenable({ order }: Book): boolean {
  return order.phase === 'creating' && !hasEnded(order);
}

/** What a run had sent that was broken off may still create the order: a user who is invited meanwhile would not know. */
async function untilAllHasArrived(book: Book): Promise<void> {
  for (;;) {
    const arriving = lastArrivalOf(book.order) - Date.now();
    if (!isOpenable(book) || arriving <= 0) return;
    const summary = 'until no earlier creation can arrive any more';
    await sleep(Math.min(arriving, LOOK_MS), { summary });
    await ask(book);
  }
}

/**
 * Looks again: by openid where a user waits for this order, otherwise by the order's own authorization code, because a user
 * who has left this order may have authorised for another one. Gives who must still authorise a token that lives long enough.
 */
export async function lookAgain(book: Book): Promise<Untold | undefined> {
  const { isUserBack, awaitedAt } = book.order;
  const by = isUserBack ? 'openid' : 'code';
  const permission = await tried(book, () => askPermission(book, by));
  if ('failure' in permission) {
    return { why: wordsOf(permission.failure), refusal: refusalIn(permission.failure) };
  }
  record(book, by, permission.said, awaitedAt);
  const { phase, invitation } = book.order;
  if (phase === 'authorizing' && invitation && isSpent(invitation)) {
    await invite(book, permission.said.state);
  }
  return undefined;
}

/** Waits for the user until the time for the authorization is over. A notification may be faster. */
export async function untilAuthorised(book: Book): Promise<void> {
  for (let round = 1; left(book) > 0; round++) {
    if (book.order.isFoundLate) {
      // Nobody waits any more: only who comes back gets the order.
      const isNotLate = () => !book.order.isFoundLate;
      const summary = 'until somebody comes back, or the time for that is over';
      await condition(isNotLate, left(book), { summary });
      continue;
    }
    const failure = await pollFor(book, left(book));
    if (!failure) {
      if (book.order.phase !== 'authorizing') return;
      continue;
    }
    // Temporal ends an activity whose next attempt would come too late.
    if (isUnaccepted(failure)) {
      noteMisconfigured(book, refusalIn(failure), wordsOf(failure));
      const ms = Math.min(pauseMs(Math.min(round + 5, 10)), left(book));
      if (ms > 0) await sleep(ms, { summary: 'before WeChat Pay is asked again' });
      await lookAgain(book);
    } else if (left(book) > 0) {
      const summary = 'until the time for the authorization is over';
      await condition(() => false, left(book), { summary });
    }
  }
  const last = await untilAnswered(book, () => askPermission(book, 'code'));
  if (!last) return;
  if ('said' in last) record(book, 'code', last.said);
  const state = 'said' in last ? last.said.state : 'unknown';
  const why = book.order.isFoundLate
    ? 'The user authorised the service when nobody waited for the order any more, and nobody came back.'
    : `The user has not authorised the service in time (authorization_state ${state}).`;
  if (book.order.phase === 'authorizing') book.record({ kind: 'unauthorized', why });
}

/** Undefined when the user has authorised. */
async function pollFor(book: Book, ms: number): Promise<ActivityFailure | undefined> {
  try {
    record(book, 'code', told(await awaitAuthorizationFor(ms)(agreementOf(book))));
    return undefined;
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    return error;
  }
}

/** Of the time in which the user may authorise, in ms. */
function left({ order }: Book): number {
  return Date.parse(order.authorizeUntil ?? '') - Date.now();
}

interface Told {
  readonly state: string;
  /** When the user authorised, RFC 3339. */
  readonly since?: string | undefined;
  /** When WeChat last said no, RFC 3339. */
  readonly saidNoAt?: string | undefined;
}

/** WeChat does not tell. */
interface Untold {
  readonly why: string;
  readonly refusal: Refusal | undefined;
}

async function askPermission(book: Book, by: 'openid' | 'code'): Promise<Told> {
  const agreement = agreementOf(book);
  return told(await (by === 'openid' ? getPermission(agreement) : getAgreement(agreement)));
}

interface Said {
  readonly authorization_state: string;
  readonly authorization_success_time?: string | undefined;
  readonly saidNoAt?: string | undefined;
}

function told(said: Said): Told {
  const { authorization_state: state, authorization_success_time: since, saidNoAt } = said;
  return { state, since, saidNoAt };
}

function record(
  book: Book,
  by: 'openid' | 'code',
  { state, since, saidNoAt }: Told,
  asOf = book.order.awaitedAt,
): void {
  book.record({ kind: 'permission', authorization_state: state, by, since, saidNoAt, asOf });
}

/** 商户预授权, under the order's own number. */
async function invite(book: Book, authorization_state: string): Promise<void> {
  const { opening, invitation, authorizeUntil: fixed } = book.order;
  const prepare = () => prepareAuthorization(prepareBodyOf(book.order));
  // Without an answer an old token stays; who asks again tries again.
  const prepared = await (invitation ? tried(book, prepare) : untilAnswered(book, prepare));
  if (!prepared) return;
  if ('said' in prepared) {
    const until = fixed ?? authorizeUntil((opening as Opened).request, new Date()).toISOString();
    return book.record({ kind: 'invited', invitation: prepared.said, until });
  }
  const { failure } = prepared;
  const refusal = refusalIn(failure);
  const words = `The user cannot be led to WeChat (authorization_state ${authorization_state}): ${wordsOf(failure)}.`;
  if (!invitation) return book.record({ kind: 'unreachable', why: words, refusal });
  if (typeOf(failure) !== 'Refused') return;
  // The user may have authorised at this very moment: then there is nothing left to invite to.
  const now = await tried(book, () => askPermission(book, 'code'));
  if ('failure' in now) return;
  if (now.said.state === 'AVAILABLE') record(book, 'code', now.said);
  else book.record({ kind: 'unauthorized', why: words, refusal });
}

function isSpent({ expires_at }: Invitation): boolean {
  return Date.parse(expires_at) - Date.now() < SPARE_MS;
}

function agreementOf({ order }: Book) {
  const { appid, service_id } = order.opening.service;
  const { out_order_no: authorization_code, openid = '' } = order;
  return { authorization_code, openid, appid, service_id };
}
