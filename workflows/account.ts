/** WeChat's own account of an order: asked for, and noted in the book whatever it was asked for. */
import { ActivityFailure, isCancellation, sleep } from '@temporalio/workflow';
import { getServiceOrder, getServiceOrderInTime } from './activities.ts';
import type { Book } from './book.ts';
import { failureTypeOf, refusalIn } from './failure.ts';
import { judgeCreation } from '../payscore/judgement.ts';
import type { Refusal } from '../payscore/refusal.ts';
import { UNRESOLVED_MS } from '../payscore/trouble.ts';
import { belongsTo } from '../payscore/trust.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

export type Account =
  | { readonly kind: 'told'; readonly said: ServiceOrder }
  /** WeChat is proven not to know the number. */
  | { readonly kind: 'none' }
  /** WeChat does not let us ask. */
  | { readonly kind: 'refused'; readonly refusal: Refusal | undefined }
  /** It would, if our keys were right. */
  | { readonly kind: 'misconfigured'; readonly refusal: Refusal | undefined };

/** WeChat's own account of this order, noted at once, whoever asked and whatever for. */
export async function ask(book: Book, get = getServiceOrder): Promise<Account> {
  try {
    const said = await get(keyOf(book));
    if (said === null) return { kind: 'none' };
    if (isThisOrder(book, said)) book.record({ kind: 'observed', by: 'query', serviceOrder: said });
    return { kind: 'told', said };
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    const refusal = refusalIn(error);
    if (failureTypeOf(error) !== 'Misconfigured') {
      // Of an order that exists, who may not even ask is not set up (any more).
      const isOurs = refusal?.reason === 'no_permission' || refusal?.reason === 'not_bound';
      if (isOurs && book.order.phase !== 'creating') noteMisconfigured(book, refusal);
      return { kind: 'refused', refusal };
    }
    noteMisconfigured(book, refusal);
    return { kind: 'misconfigured', refusal };
  }
}

/** Asks until the book says what it must: an operation's answer alone does not settle an order. Operators hear of it when that takes long. */
export async function askUntil(book: Book, isKnown: () => boolean): Promise<void> {
  const since = Date.now();
  for (let round = 0; !isKnown(); round++) {
    if (round > 0) await pause(round, 'before WeChat Pay is asked again');
    await ask(book, getServiceOrderInTime);
    if (!isKnown() && Date.now() - since >= UNRESOLVED_MS) {
      book.record({ kind: 'troubled', trouble: 'unresolved' });
    }
  }
}

export function noteMisconfigured(book: Book, refusal: Refusal | undefined): void {
  book.record({
    kind: 'troubled',
    trouble: 'misconfigured',
    ...(refusal && { refusal: { ...refusal, operation: 'query' } }),
  });
}

/** How WeChat finds the order. */
export function keyOf({ order }: Book) {
  const { appid, service_id } = order.opening.service;
  return { out_order_no: order.out_order_no, appid, service_id };
}

const LONGEST_PAUSE_MS = 3_600_000;

/** Grows to an hour: whatever takes longer needs a person, and history must not fill up meanwhile. */
export async function pause(round: number, summary: string): Promise<void> {
  await sleep(Math.min(1_000 * 2 ** Math.min(round - 1, 12), LONGEST_PAUSE_MS), { summary });
}

/** Until it is created, the number may turn out to belong to another order. Who takes an order up takes it as it is. */
function isThisOrder({ order }: Book, said: ServiceOrder): boolean {
  const { opening, phase } = order;
  const isToBeCreated = phase === 'creating' && 'request' in opening && !opening.takesUp;
  if (!isToBeCreated) return belongsTo(order, said);
  return judgeCreation(opening, said).kind === 'applied';
}
