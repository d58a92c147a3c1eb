/** An order that WeChat Pay never got to hear of, because it did not take our calls: its run fails, and its number stays free. */
import { recordOf } from './fold-operation.ts';
import { FIRST, isToBeCreated, type Order } from './order.ts';
import { isFinal, type Phase } from './phase.ts';
import type { OrderView } from './view.ts';

/** Whether its run comes to its end. */
export function hasEnded({ phase, isUnserved }: Pick<Order, 'phase' | 'isUnserved'>): boolean {
  return isFinal(phase) || isUnserved === true;
}

/** The same of an order of which only its view is left: one that has not ended is not explained. */
export function wasUnserved({ phase, explanation }: Pick<OrderView, 'phase' | 'explanation'>) {
  return !isFinal(phase) && explanation !== undefined;
}

/** Nothing was sent, by this run or an earlier one, that may have created it. */
export function isUntouched(order: Order): boolean {
  const { opening, phase, givingUp, doubt, unread, mayArriveUntil, serviceOrder } = order;
  const { takesUp, mayExist } = opening;
  const { doubtfulSince, isTaken } = recordOf(order, FIRST)?.progress ?? {};
  const wasUntouched = takesUp === undefined || BEFORE.includes(takesUp.phase);
  return (
    isToBeCreated(opening) &&
    ![mayExist, givingUp, doubt, unread[0], mayArriveUntil, serviceOrder].some(isGiven) &&
    ![doubtfulSince, isTaken].some(isGiven) &&
    wasUntouched &&
    BEFORE.includes(phase)
  );
}

const BEFORE: readonly Phase[] = ['authorizing', 'creating'];

const isGiven = (it: unknown) => it !== undefined;
