/** How events reach business code. */
import { Counter, type Registry } from 'prom-client';

const OUTCOMES = ['delivered', 'not_taken'] as const;
export type DeliveryOutcome = (typeof OUTCOMES)[number];

export function eventFigures(registry: Registry) {
  const deliveries = new Counter({
    name: 'payscore_event_deliveries_total',
    help: 'Attempts to deliver an event to business code, by what they came to; what was `not_taken` is sent again.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  for (const outcome of OUTCOMES) deliveries.inc({ outcome }, 0);
  return { countDelivery: (outcome: DeliveryOutcome) => deliveries.inc({ outcome }) };
}
