/** What was not known to exist in time is given up: a user who walked away is never left with an order. */
import { GIVING_UP } from './operation.ts';
import type { OrderState } from './order-state.ts';
import type { Fact } from '../../payscore/order/fact.ts';

/** A number is not burnt by what a person had to mend. */
export function endLate(state: OrderState): void {
  const { hinderedBy } = state.order;
  if (hinderedBy === undefined) state.apply({ kind: 'not_created', why: whyExpired(state) });
  else state.apply({ kind: 'never_opened', why: hinderedBy });
}

function whyExpired({ order }: OrderState): Fact {
  const { createUntil, awaitedAt } = order;
  const wasNeverDue = createUntil === undefined;
  return wasNeverDue ? { code: 'nobody_waited', since: awaitedAt } : { code: 'not_told_in_time' };
}

/** A user who walked away must not be left with an order: what exists is cancelled, before anything else. */
export function giveUp(state: OrderState): void {
  if (state.order.isToBeLookedUp) return;
  state.apply({
    kind: 'asked',
    record: {
      operation: 'cancel',
      key: GIVING_UP,
      digest: '',
      receivedAt: new Date().toISOString(),
      request: { reason: '订单未能按时创建' },
      state: 'waiting',
    },
  });
}
