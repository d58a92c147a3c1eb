/** Whether an order's run comes to its end: a final phase, or never opened, because WeChat Pay did not take our calls. */
import { recordOf } from '../order/fold-operation.ts';
import type { Order } from '../order/order.ts';
import { FIRST, isToBeCreated } from '../order/opening.ts';
import { isFinal, type Phase } from './phase.ts';
import type { OrderView } from '../order/view.ts';

/** Whether its run comes to its end. */
export function hasEnded({
  phase,
  wasNeverOpened,
}: Pick<Order, 'phase' | 'wasNeverOpened'>): boolean {
  return isFinal(phase) || wasNeverOpened === true;
}

/** An adoption that found nothing: there is no such order, here or at WeChat, and its run fails. */
export function isNumberFree({ opening, phase }: Pick<Order, 'opening' | 'phase'>): boolean {
  return !('request' in opening) && opening.takesUp === undefined && phase === 'rejected';
}

/** The same of an order of which only its view is left: one that has not ended is not explained. */
export function isNeverOpened({ phase, explanation }: Pick<OrderView, 'phase' | 'explanation'>) {
  return !isFinal(phase) && explanation !== undefined;
}

/** Nothing was sent, by this run or an earlier one, that may have created it. */
export function isUntouched(order: Order): boolean {
  const { opening, phase, givingUp, mustQuery, unread, mayArriveUntil, serviceOrder } = order;
  const { takesUp, mayExist } = opening;
  const { unknownSince, isTaken } = recordOf(order, FIRST)?.progress ?? {};
  const wasUntouched = takesUp === undefined || BEFORE.includes(takesUp.phase);
  return (
    isToBeCreated(opening) &&
    ![mayExist, givingUp, mustQuery, unread[0], mayArriveUntil, serviceOrder].some(isGiven) &&
    ![unknownSince, isTaken].some(isGiven) &&
    wasUntouched &&
    BEFORE.includes(phase)
  );
}

const BEFORE: readonly Phase[] = ['authorizing', 'creating'];

const isGiven = (it: unknown) => it !== undefined;
