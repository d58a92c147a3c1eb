/** WeChat's own account of an order: asked for, and noted in the book whatever it was asked for. */
import { ActivityFailure, isCancellation, sleep } from '@temporalio/workflow';
import { getServiceOrder, getServiceOrderBriefly } from './activities.ts';
import type { Book } from './book.ts';
import { refusalIn, typeOf, wordsOf } from './failure.ts';
import { endUnserved } from './unserved.ts';
import type { Watch } from './watch.ts';
import { recordOf } from '../payscore/fold-operation.ts';
import { judgeCreation } from '../payscore/judgement.ts';
import { FIRST, isToBeCreated } from '../payscore/order.ts';
import { isFinal, phaseOf } from '../payscore/phase.ts';
import { isNotSetUp, type Refusal } from '../payscore/refusal.ts';
import { belongsTo } from '../payscore/trust.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

export type Account =
  | { readonly kind: 'told'; readonly said: ServiceOrder }
  /** WeChat is proven not to know the number. */
  | { readonly kind: 'none' }
  /** One of WeChat's copies may not have heard of what was done: to be asked again. */
  | { readonly kind: 'behind' }
  /** WeChat does not let us ask. */
  | { readonly kind: 'refused'; readonly refusal: Refusal | undefined; readonly why: string }
  /** It would, if our keys were right. */
  | { readonly kind: 'misconfigured'; readonly refusal: Refusal | undefined; readonly why: string }
  /** It has not answered for long. */
  | { readonly kind: 'silent'; readonly why: string };

/** WeChat's own account of this order, noted at once, whoever asked and whatever for. */
export async function ask(book: Book, get = getServiceOrder): Promise<Account> {
  const asOf = book.order.effects;
  try {
    const said = await get(keyOf(book));
    noteAnswered(book);
    // What was sent, or came back, since it was asked for is not in the answer.
    const isOvertaken = asOf < book.order.effects && !(said && isFinal(phaseOf(said)));
    if (isOvertaken) return await ask(book, get);
    if (said === null) {
      book.record({ kind: 'none_told' });
      return { kind: 'none' };
    }
    if (isThisOrder(book, said)) {
      book.record({ kind: 'observed', by: 'query', serviceOrder: said, asOf });
    }
    return book.order.raisedSince === undefined ? { kind: 'told', said } : { kind: 'behind' };
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    return unanswered(book, error);
  }
}

function unanswered(book: Book, failure: ActivityFailure): Account {
  const refusal = refusalIn(failure);
  const why = wordsOf(failure);
  switch (typeOf(failure)) {
    case 'Misconfigured':
    case 'Unaccepted':
      noteMisconfigured(book, refusal, why);
      return { kind: 'misconfigured', refusal, why };
    case 'Refused':
    case 'NotFound':
      // Of an order that exists, who may not even ask is not set up (any more); every other refusal is an answer.
      if (!refusal || !isNotSetUp(refusal)) noteAnswered(book);
      else if (book.order.phase !== 'creating') noteMisconfigured(book, refusal, why);
      return { kind: 'refused', refusal, why };
    case 'Unknown':
    case 'Throttled':
    case 'NotSent':
      return { kind: 'silent', why };
  }
}

/** Asks until WeChat has answered, whatever it says, or the order has ended because it does not take our calls. */
export async function askUntilAnswered(book: Book, watch: Watch): Promise<Account> {
  const since = new Date().toISOString();
  for (let round = 1; ; round++) {
    const account = await ask(book, getServiceOrderBriefly);
    const { kind } = account;
    if (kind === 'told' || kind === 'none' || kind === 'refused') return account;
    if (kind === 'misconfigured' && endUnserved(book, account.why)) return account;
    const why = 'why' in account ? account.why : 'its copies differ';
    watch.held(`WeChat Pay does not tell how the order stands: ${why}.`, since);
    await pause(round, 'before WeChat Pay is asked again');
  }
}

/** Asks until the book says what it must: an operation's answer alone does not settle an order. */
export async function askUntil(book: Book, watch: Watch, isKnown: () => boolean): Promise<void> {
  for (let round = 0; !isKnown(); round++) {
    watch.held('WeChat Pay has said yes, and its account of the order does not show it yet.');
    if (round > 0) await pause(round, 'before WeChat Pay is asked again');
    await ask(book);
  }
}

/** @param why for people */
export function noteMisconfigured(book: Book, refusal: Refusal | undefined, why: string): void {
  book.record({
    kind: 'troubled',
    trouble: 'misconfigured',
    why,
    ...(refusal && { refusal: { ...refusal, operation: 'query' } }),
  });
}

/** Once: the same words again would be no news. */
export function noteUnresolved(book: Book, why: string): void {
  const { troubles, unresolved } = book.order;
  if (troubles.includes('unresolved') && unresolved === why) return;
  book.record({ kind: 'troubled', trouble: 'unresolved', why });
}

/** Whatever it says: it takes our calls. */
export function noteAnswered(book: Book): void {
  if (book.order.troubles.includes('misconfigured')) book.record({ kind: 'answered' });
}

/** How WeChat finds the order. */
export function keyOf({ order }: Book) {
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
function isThisOrder({ order }: Book, said: ServiceOrder): boolean {
  const { opening, phase, givingUp } = order;
  const isKnown = phase !== 'creating' || givingUp !== undefined;
  if (isKnown || opening.takesUp || !isToBeCreated(opening)) return belongsTo(order, said);
  const isTaken = recordOf(order, FIRST)?.progress?.isTaken === true;
  // What was there before its run is taken up as far as it is seen to be the same.
  const ownership = isTaken ? 'taken' : order.isToBeLookedUp ? 'shown' : 'asked';
  return judgeCreation(opening, said, ownership).kind === 'applied';
}
