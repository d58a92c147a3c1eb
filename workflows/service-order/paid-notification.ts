/** Opens a notification of a payment where it counts: what anybody could have put into the signal proves nothing. */
import { isCancellation } from '@temporalio/workflow';
import { queryOrder } from '../unknown-outcome/query.ts';
import { getServiceOrderInTime, openPaidNotification } from '../activities.ts';
import type { OrderState } from './order-state.ts';
import { endedRun, type Order } from '../../payscore/order/order.ts';
import type { SignedNotification } from '../../payscore/order/opening.ts';
import { failure, type Fact } from '../../payscore/order/fact.ts';
import { isFinal, phaseOf } from '../../payscore/rules/phase.ts';
import { belongsTo, isConclusive } from '../../payscore/rules/identity.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';

export async function openNotification(
  state: OrderState,
  signed: SignedNotification,
): Promise<void> {
  if (wasSeen(state.order, signed.id)) return;
  const opened = await open(signed);
  if ('said' in opened) state.apply({ kind: 'notification_seen', id: opened.id });
  const isSettled = 'said' in opened && isProof(state.order, opened.said);
  if (!isSettled && isFinal(state.order.phase)) {
    // Nothing waits any more that would ask later, so WeChat is asked at once.
    await queryOrder(state, getServiceOrderInTime);
    return;
  }
  if ('why' in opened) {
    const why = { code: 'payment_not_believed', because: opened.why } as const;
    return state.apply({ kind: 'query_needed', why, isSaidToBeOver: true });
  }
  const { said } = opened;
  if (isSettled) {
    return state.apply({ kind: 'observed', by: 'notification', serviceOrder: said });
  }
  const isSaidToBeOver = isFinal(phaseOf(said)) && belongsTo(state.order, said);
  const why = { code: 'payment_contradicts' } as const;
  state.apply({ kind: 'query_needed', why, isSaidToBeOver });
}

/** That an order was charged which has ended otherwise, WeChat's own word proves, whatever was expected of it. */
function isProof(order: Order, said: ServiceOrder): boolean {
  const isCharged = wasOver(order) && phaseOf(said) === 'paid' && belongsTo(order, said);
  return isCharged || isConclusive(order, said);
}

/** Here, or in the run that this one takes up: WeChat's account of a cancelled order may never show the charge. */
function wasOver(order: Order): boolean {
  return isFinal(order.phase) || endedRun(order) !== undefined;
}

/** Only what was opened, or changes nothing but what WeChat is asked, counts as seen. */
export function wasSeen({ seenNotifications = [] }: Order, id: string | undefined): boolean {
  return id !== undefined && seenNotifications.includes(id);
}

type Opened = { readonly said: ServiceOrder; readonly id: string } | { readonly why: Fact };

async function open(signed: SignedNotification): Promise<Opened> {
  try {
    const opened = await openPaidNotification(signed);
    return 'why' in opened ? { why: failure(opened.why) } : opened;
  } catch (error) {
    if (isCancellation(error)) throw error;
    // A worker of another release may not know how.
    return { why: { code: 'worker_could_not_open' } };
  }
}
