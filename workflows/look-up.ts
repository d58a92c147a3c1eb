/**
 * Has WeChat tell how an order stands before anything is done to it: one that an earlier run of ours or another system may
 * have brought further than is known here. Nothing is created, and nothing given up, before that is known.
 */
import { ask, noteUnresolved, type Account } from './account.ts';
import { getServiceOrderInTime } from './activities.ts';
import type { Book } from './book.ts';
import { giveUp, noteOtherOrder } from './creation.ts';
import { endUnserved } from './unserved.ts';
import { lastArrivalOf } from '../payscore/in-flight.ts';
import { differencesOf } from '../payscore/judgement.ts';
import type { Outcome } from '../payscore/operation.ts';
import { isToBeCreated } from '../payscore/order.ts';
import { belongsTo } from '../payscore/trust.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

/** WeChat's copies may not have heard of an order yet, and of a refusal it may think better. */
const LOOKS = 3;

/**
 * Asks once. Where that tells too little, the order stays to be looked up.
 *
 * @param vain how often it was asked before
 */
export async function lookUp(book: Book, vain: number): Promise<void> {
  const account = await ask(book, getServiceOrderInTime);
  switch (account.kind) {
    case 'told':
      return found(book, account.said);
    case 'none':
      return foundNone(book, vain);
    case 'refused':
    case 'misconfigured':
      if (isKnownHere(book)) return insistInTime(book, account);
      if (vain + 1 < LOOKS) return;
      lookedUp(book);
      return endWithout(book, account);
    case 'silent':
      return insist(book, account.why);
    case 'behind':
  }
}

/** What an order ends with that is only taken up, once it has been looked up. */
export function adopt(book: Book): Outcome {
  const { phase, givingUp } = book.order;
  if (phase === 'creating' && givingUp !== undefined) giveUp(book);
  return { kind: 'done' };
}

function found(book: Book, said: ServiceOrder): void {
  const { order } = book;
  const { opening, phase, givingUp } = order;
  if (phase !== 'creating' || givingUp !== undefined) return lookedUp(book);
  if (!belongsTo(order, said)) {
    lookedUp(book);
    return isToBeCreated(opening)
      ? noteOtherOrder(book, 'it belongs to another user, app or service', false)
      : endWithout(book, { kind: 'told', said });
  }
  if (said.state === 'CREATED') {
    lookedUp(book);
    // Nothing runs that waits for a confirmation, and no fee is lost.
    return book.record({ kind: 'given_up', why: 'It stands in the confirm mode (state CREATED)' });
  }
  const fields = isToBeCreated(opening) && !opening.takesUp ? differencesOf(opening, said) : [];
  if (fields.length > 0) {
    lookedUp(book);
    return noteOtherOrder(book, `it differs in ${fields.join(', ')}`, true);
  }
  insist(book, `what it tells (state ${said.state}) is not understood`);
}

function foundNone(book: Book, vain: number): void {
  const { phase, opening } = book.order;
  // Nothing exists yet of an order whose user is to authorise.
  if (phase === 'authorizing') return lookedUp(book);
  if (phase !== 'creating') {
    lookedUp(book);
    return insist(book, 'it does not know the order any more');
  }
  if (isToBeCreated(opening) && book.order.givingUp === undefined) return lookedUp(book);
  // As long as something may arrive, that WeChat knows nothing proves nothing.
  if (lastArrivalOf(book.order) > Date.now() || vain + 1 < LOOKS) return;
  lookedUp(book);
  endWithout(book, { kind: 'none' });
}

function lookedUp(book: Book): void {
  book.record({ kind: 'looked_up' });
}

/** A run that was opened again because WeChat did not take our calls may meet the same. */
function insistInTime(book: Book, { kind, why }: Extract<Account, { why: string }>): void {
  if (kind === 'misconfigured' && endUnserved(book, why)) return;
  insist(book, why);
}

function insist(book: Book, why: string): void {
  noteUnresolved(book, `WeChat Pay does not tell how the order stands: ${why}.`);
}

function endWithout(book: Book, account: Account): void {
  const isRefused = account.kind === 'refused' || account.kind === 'misconfigured';
  const refusal = isRefused ? account.refusal : undefined;
  book.record({ kind: 'not_created', why: reasonOf(account), refusal });
}

function isKnownHere({ order: { opening } }: Book): boolean {
  return 'request' in opening || opening.takesUp !== undefined;
}

function reasonOf(account: Account): string {
  switch (account.kind) {
    case 'told':
      return `WeChat Pay has another order under this number, or in state ${account.said.state}, which cannot be taken up.`;
    case 'none':
    case 'behind':
      return 'WeChat Pay knows no order under this number.';
    case 'refused':
    case 'misconfigured':
    case 'silent':
      return 'WeChat Pay does not let us ask for the order.';
  }
}
