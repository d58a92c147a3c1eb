/** What the programs count, for Prometheus. Labels are words of ours, never anything that came in a message. */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const unverified = new Counter({
    name: 'wechatpay_unverified_total',
    help: 'Messages in WeChat Pay’s name that were not believed; `probe` are those by which WeChat tests whether we verify.',
    labelNames: ['message', 'reason'],
    registers: [registry],
  });

  const undecryptable = new Counter({
    name: 'wechatpay_undecryptable_total',
    help: 'Notifications that WeChat Pay is proven to have sent and that cannot be opened: our APIv3 key is not the one it uses.',
    registers: [registry],
  });
  const unclaimed = new Counter({
    name: 'payscore_unclaimed_payments_total',
    help: 'Verified notifications of a payment that no order here can take: each order is to be looked up at WeChat Pay.',
    registers: [registry],
  });
  const closed = new Counter({
    name: 'payscore_connections_closed_total',
    help: 'Connections without a complete request that had to go because too many were open, or too many bytes of bodies were held.',
    labelNames: ['bound'],
    registers: [registry],
  });
  const refused = new Counter({
    name: 'payscore_refused_total',
    help: 'Requests that were not let in, and told to come again, because more were asked than could be served.',
    labelNames: ['gate'],
    registers: [registry],
  });
  const limit = new Gauge({
    name: 'payscore_admission_limit',
    help: 'How many requests are let in at once now: it follows how soon Temporal and the workers take them.',
    labelNames: ['gate'],
    registers: [registry],
  });

  const clockAhead = new Gauge({
    name: 'payscore_clock_ahead_seconds',
    help: 'How far the clock of this machine was ahead of Temporal’s or WeChat Pay’s when it was last seen; negative where it was behind.',
    labelNames: ['of'],
    registers: [registry],
  });

  return {
    noteClock: (of: 'temporal' | 'wechatpay', secondsAhead: number) =>
      clockAhead.set({ of }, secondsAhead),
    countClosed: (bound: 'connections' | 'bodies') => closed.inc({ bound }),
    countRefused: (gate: 'opening' | 'change' | 'read') => refused.inc({ gate }),
    noteLimit: (gate: 'opening' | 'change' | 'read', requests: number) =>
      limit.set({ gate }, requests),
    countUndecryptable: () => undecryptable.inc(),
    countUnclaimedPayment: () => unclaimed.inc(),
    /** Counts messages of this kind by why they were not believed. */
    countUnverified: (message: 'answer' | 'notification') => (reason: string) =>
      unverified.inc({ message, reason }),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
