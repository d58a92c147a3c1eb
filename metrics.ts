/** What the programs count, for Prometheus. Labels are words of ours, never anything that came in a message. */
import { collectDefaultMetrics, Counter, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const unverified = new Counter({
    name: 'wechatpay_unverified_total',
    help: 'Messages in WeChat Pay’s name that were not believed; `probe` are those by which WeChat tests whether we verify.',
    labelNames: ['message', 'doubt'],
    registers: [registry],
  });

  return {
    /** Counts messages of this kind by why they were not believed. */
    countDoubts: (message: 'answer' | 'notification') => (doubt: string) =>
      unverified.inc({ message, doubt }),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
