/** What the programs count, for Prometheus. Labels are words of ours, never anything that came in a message. */
import { collectDefaultMetrics, Registry } from 'prom-client';
import { eventFigures } from './figures/events.ts';
import { harmless } from './figures/harmless.ts';
import { keyFigures } from './figures/keys.ts';
import { orderFigures } from './figures/orders.ts';
import { requestFigures } from './figures/requests.ts';
import { surveyFigures } from './figures/survey.ts';
import { wechatpayFigures } from './figures/wechatpay.ts';

export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    ...harmless({
      ...wechatpayFigures(registry),
      ...orderFigures(registry),
      ...requestFigures(registry),
      ...keyFigures(registry),
      ...surveyFigures(registry),
      ...eventFigures(registry),
    }),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
