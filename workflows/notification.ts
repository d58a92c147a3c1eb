/** Opens a notification of a payment where it counts: what anybody could have put into the signal proves nothing. */
import { isCancellation } from '@temporalio/workflow';
import { ask } from './account.ts';
import { getServiceOrderInTime, openPaidNotification } from './activities.ts';
import type { Book } from './book.ts';
import { endedRun, type Order, type SignedNotification } from '../payscore/order.ts';
import { isFinal, phaseOf } from '../payscore/phase.ts';
import { belongsTo, settles } from '../payscore/trust.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

export async function readNotification(book: Book, signed: SignedNotification): Promise<void> {
  if (hasHeard(book.order, signed.id)) return;
  const opened = await open(signed);
  if ('said' in opened) book.record({ kind: 'heard', id: opened.id });
  const isSettled = 'said' in opened && isProof(book.order, opened.said);
  if (!isSettled && isFinal(book.order.phase)) {
    // Nothing waits any more that could be told of a doubt, so WeChat is asked at once.
    await ask(book, getServiceOrderInTime);
    return;
  }
  if ('why' in opened) {
    const why = `a notification of a payment cannot be believed: ${opened.why}`;
    return book.record({ kind: 'doubted', why, isSaidToBeOver: true });
  }
  const { said } = opened;
  if (isSettled) {
    return book.record({ kind: 'observed', by: 'notification', serviceOrder: said });
  }
  const isSaidToBeOver = isFinal(phaseOf(said)) && belongsTo(book.order, said);
  const why = 'a notification of a payment does not fit what is known of the order';
  book.record({ kind: 'doubted', why, isSaidToBeOver });
}

/** That an order was charged which has ended otherwise, WeChat's own word proves, whatever was expected of it. */
function isProof(order: Order, said: ServiceOrder): boolean {
  const isCharged = wasOver(order) && phaseOf(said) === 'paid' && belongsTo(order, said);
  return isCharged || settles(order, said);
}

/** Here, or in the run that this one takes up: WeChat's account of a cancelled order may never show the charge. */
function wasOver(order: Order): boolean {
  return isFinal(order.phase) || endedRun(order) !== undefined;
}

/** Only what was opened, or changes nothing but what WeChat is asked, is heard. */
export function hasHeard({ heard = [] }: Order, id: string | undefined): boolean {
  return id !== undefined && heard.includes(id);
}

type Opened = { readonly said: ServiceOrder; readonly id: string } | { readonly why: string };

async function open(signed: SignedNotification): Promise<Opened> {
  try {
    return await openPaidNotification(signed);
  } catch (error) {
    if (isCancellation(error)) throw error;
    // A worker of another release may not know how.
    return { why: 'the worker could not open it' };
  }
}
