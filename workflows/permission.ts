/** Whether the user has authorised the service, and how he is led to WeChat where he has not. */
import { ActivityFailure, isCancellation, sleep } from '@temporalio/workflow';
import { ask, noteMisconfigured, pause } from './account.ts';
import { awaitAuthorizationFor, getPermission, preparePermission } from './activities.ts';
import type { Book } from './book.ts';
import { createDoubt } from './doubt.ts';
import { failureTypeOf, refusalIn, wordsOf } from './failure.ts';
import { authorizeUntil } from '../payscore/deadline.ts';
import type { Invitation, Opened } from '../payscore/order.ts';
import type { Refusal } from '../payscore/refusal.ts';
import { prepareBodyOf } from '../payscore/request-body.ts';

/** How long WeChat's token lives, and how much of that must be left for a user to be sent there with it. */
const TOKEN_MS = 3_600_000;
const SPARE_MS = 300_000;

/**
 * The first look. Where there is no permission, WeChat is asked whether the order exists all the same: a run may take up
 * a number that an earlier run of it created. Otherwise the user is invited.
 *
 * @returns whether the order can be created now
 */
export async function isAuthorised(book: Book): Promise<boolean> {
  const permission = await permissionOf(book);
  if (permission.state === 'AVAILABLE') return true;
  if (permission.state === undefined) {
    // While WeChat answers nothing at all, the order must wait with whoever asked for it.
    const doubt = createDoubt(book);
    doubt.begin(new Date().toISOString());
    await ask(book).finally(() => doubt.end());
    const { words, refusal } = permission;
    const why = `The user's permission could not be asked for: ${words}.`;
    book.record({ kind: 'unreachable', why, refusal });
    return false;
  }
  await ask(book);
  if (book.order.phase === 'creating') await invite(book, permission.state);
  return false;
}

/** Looks again, and gives a user who must still authorise a token that lives long enough. */
export async function lookAgain(book: Book): Promise<void> {
  const { state } = await permissionOf(book);
  if (state === undefined) return;
  book.record({ kind: 'permission', authorization_state: state });
  const { phase, invitation } = book.order;
  if (phase === 'authorizing' && invitation && isSpent(invitation)) await invite(book, state);
}

/** Waits for the user until his time is over. A notification may be faster. */
export async function untilAuthorised(book: Book): Promise<void> {
  for (let round = 1; left(book) > 0; round++) {
    const failure = await pollFor(book, left(book));
    if (!failure) return;
    if (failureTypeOf(failure) === 'Misconfigured') {
      noteMisconfigured(book, refusalIn(failure));
      await pause(Math.min(round + 5, 10), 'before WeChat Pay is asked again');
    } else if (left(book) > 0) {
      // Temporal ends an activity whose next attempt would come too late.
      await sleep(left(book), { summary: 'until the time for the authorization is over' });
    }
  }
  const { state } = await permissionOf(book);
  if (state === 'AVAILABLE') return book.record({ kind: 'permission', authorization_state: state });
  const why = `The user has not authorised the service in time (authorization_state ${state ?? 'unknown'}).`;
  book.record({ kind: 'unauthorized', why });
}

/** Undefined when the user has authorised. */
async function pollFor(book: Book, ms: number): Promise<ActivityFailure | undefined> {
  try {
    const { authorization_state } = await awaitAuthorizationFor(ms)(userOf(book));
    book.record({ kind: 'permission', authorization_state });
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

type Permission =
  | { readonly state: string }
  | { readonly state: undefined; readonly words: string; readonly refusal: Refusal | undefined };

async function permissionOf(book: Book): Promise<Permission> {
  try {
    const { authorization_state: state } = await getPermission(userOf(book));
    return { state };
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    return { state: undefined, words: wordsOf(error), refusal: refusalIn(error) };
  }
}

/** 商户预授权, under the order's own number. */
async function invite(book: Book, authorization_state: string): Promise<void> {
  const { opening, invitation, authorizeUntil: fixed } = book.order;
  try {
    const { apply_permissions_token } = await preparePermission(prepareBodyOf(book.order));
    const now = new Date();
    const expires_at = new Date(now.getTime() + TOKEN_MS).toISOString();
    const until = fixed ?? authorizeUntil((opening as Opened).request, now).toISOString();
    book.record({ kind: 'invited', invitation: { apply_permissions_token, expires_at }, until });
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    const refusal = refusalIn(error);
    const words = `The user cannot be led to WeChat (authorization_state ${authorization_state}): ${wordsOf(error)}.`;
    if (!invitation) {
      book.record({ kind: 'unreachable', why: words, refusal });
      return;
    }
    // Without an answer the old token stays; who asks again tries again.
    if (failureTypeOf(error) !== 'Refused') return;
    // He may have authorised at this very moment: then there is nothing left to invite him to.
    const { state } = await permissionOf(book);
    if (state === 'AVAILABLE') book.record({ kind: 'permission', authorization_state: state });
    else if (state !== undefined) book.record({ kind: 'unauthorized', why: words, refusal });
  }
}

function isSpent({ expires_at }: Invitation): boolean {
  return Date.parse(expires_at) - Date.now() < SPARE_MS;
}

function userOf({ order }: Book) {
  const { appid, service_id } = order.opening.service;
  return { openid: order.openid ?? '', appid, service_id };
}
