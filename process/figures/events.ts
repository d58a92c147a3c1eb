/** How events reach business code. */
import { Counter, type Registry } from 'prom-client';

export type DeliveryOutcome = 'delivered' | 'not_taken';

export function eventFigures(registry: Registry) {
  const deliveries = new Counter({
    name: 'payscore_event_deliveries_total',
    help: 'Attempts to deliver an event to business code, by what they came to; what was `not_taken` is sent again.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  return { countDelivery: (outcome: DeliveryOutcome) => deliveries.inc({ outcome }) };
}
