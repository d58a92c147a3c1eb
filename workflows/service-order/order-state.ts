/** The order's state: the one place where the order changes, and what operators see of it. */
import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { SEARCH_ATTRIBUTES } from '../contract.ts';
import { detailsOf } from '../details/order.ts';
import { figures } from '../figures.ts';
import { tellFigures } from './news.ts';
import { eventMoment } from '../events/moment.ts';
import { isAfterReset } from './reset.ts';
import { withEvents } from '../../payscore/events/of-order.ts';
import { fold } from '../../payscore/order/fold.ts';
import { newOrder, type Order } from '../../payscore/order/order.ts';
import type { Opening } from '../../payscore/order/opening.ts';
import type { OrderEvent } from '../../payscore/order/event.ts';
import { owedOf } from '../../payscore/order/refund-due.ts';
import { chargedOf } from '../../payscore/rules/charges.ts';
import { isFinal } from '../../payscore/rules/phase.ts';
import { gravest } from '../../payscore/rules/trouble.ts';
import { waiverOf } from '../../payscore/rules/waiver.ts';
import { words } from '../words.ts';

export interface OrderState {
  readonly order: Order;
  /**
   * How long after the completion WeChat is asked whether it has charged, as the worker that completed it is set to. Of this
   * run alone: where it is unknown, the poll waits by itself.
   */
  firstLookMs?: number;
  apply(event: OrderEvent): void;
}

export function openOrderState(opening: Opening, carried: Order | undefined): OrderState {
  let isTakenUp = false;
  let order = carried ?? newOrder(opening, new Date(), workflowInfo().startTime);
  if (!carried) figures.phaseReached(order.phase);
  setCurrentDetails(detailsOf(order, words));
  return {
    get order() {
      return order;
    },
    apply(event) {
      const before = order;
      if (!isTakenUp && isAfterReset()) {
        // Whatever comes next may be about a time of which nothing is known here.
        isTakenUp = true;
        order = fold(order, { kind: 'taken_up' }, new Date());
      }
      order = withEvents(fold(order, event, new Date()), eventMoment);
      tellFigures(before, order, event);
      const changes = changesBetween(before, order);
      if (changes.length > 0) upsertSearchAttributes(changes);
      setCurrentDetails(detailsOf(order, words));
    },
  };
}

/** With the phase goes what finance lists orders by: no event of its own. */
function phasePairs(order: Order) {
  const { phase, serviceOrder, completedAt, operations } = order;
  const waived = { phase, total_amount: serviceOrder?.total_amount, completedAt, operations };
  const waiver = waiverOf(waived)?.code;
  const pairs: SearchAttributeUpdatePair[] = [{ key: SEARCH_ATTRIBUTES.phase, value: phase }];
  if (phase === 'paying' && completedAt !== undefined) {
    pairs.push({ key: SEARCH_ATTRIBUTES.completedAt, value: new Date(completedAt) });
  }
  if (isFinal(phase) && owedOf(order) > 0) {
    pairs.push({ key: SEARCH_ATTRIBUTES.endedAt, value: new Date() });
  }
  if (waiver !== undefined) pairs.push({ key: SEARCH_ATTRIBUTES.waiver, value: waiver });
  return pairs;
}

/** Upserting costs an event each time, so only what changed, and all of it at once. */
function changesBetween(before: Order, after: Order): SearchAttributeUpdatePair[] {
  const { phase, serviceOrder } = after;
  const trouble = gravest(after.troubles);
  const pairs: SearchAttributeUpdatePair[] = [];
  if (phase !== before.phase) pairs.push(...phasePairs(after));
  if (trouble !== gravest(before.troubles)) {
    pairs.push({ key: SEARCH_ATTRIBUTES.trouble, value: trouble ?? null });
  }
  if (phase === 'paid' && before.phase !== 'paid' && serviceOrder) {
    const { amount, transaction_id, paidAt } = chargedOf(serviceOrder);
    // What a coupon paid for is in nobody's list of payments.
    if (amount === 0) return pairs;
    pairs.push({ key: SEARCH_ATTRIBUTES.paidAmount, value: amount });
    if (paidAt) pairs.push({ key: SEARCH_ATTRIBUTES.paidAt, value: paidAt });
    if (transaction_id !== undefined) {
      pairs.push({ key: SEARCH_ATTRIBUTES.transactionId, value: transaction_id });
    }
  }
  return pairs;
}
