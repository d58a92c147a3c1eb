/** What of an order's change is worth counting. */
import { figures } from '../figures.ts';
import type { OrderEvent } from '../../payscore/order/event.ts';
import { isPending, outcomeOf } from '../../payscore/order/operation.ts';
import type { Order } from '../../payscore/order/order.ts';

export function tellFigures(before: Order, after: Order, event: OrderEvent): void {
  const { phase, troubles } = after;
  if (phase !== before.phase) {
    figures.phaseReached(phase);
    if (phase === 'paid' && event.kind === 'observed') {
      figures.paymentFound(event.by === 'notification' ? 'callback' : 'query');
    }
  }
  for (const trouble of troubles) {
    if (!before.troubles.includes(trouble)) figures.troubleCame(trouble);
  }
  for (const record of before.operations.filter(isPending)) {
    const now = after.operations.find(({ key }) => key === record.key);
    const outcome = now && outcomeOf(now);
    if (outcome) figures.operationConcluded(record.operation, outcome.kind, record.key);
  }
}
