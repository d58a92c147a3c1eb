/** Who is let in at the API, and who is not. */
import { Counter, Gauge, type Registry } from 'prom-client';

type GateName = 'opening' | 'change' | 'read';

export function requestFigures(registry: Registry) {
  const registers = [registry];
  const closed = new Counter({
    name: 'payscore_connections_closed_total',
    help: 'Connections without a complete request that had to go because too many were open, or too many bytes of bodies were held.',
    labelNames: ['bound'],
    registers,
  });
  const refused = new Counter({
    name: 'payscore_refused_total',
    help: 'Requests that were not let in, and told to come again, because more were asked than could be served.',
    labelNames: ['gate'],
    registers,
  });
  const limit = new Gauge({
    name: 'payscore_admission_limit',
    help: 'How many requests are let in at once now: it follows how soon Temporal and the workers take them.',
    labelNames: ['gate'],
    registers,
  });

  return {
    countClosed: (bound: 'connections' | 'bodies') => closed.inc({ bound }),
    countRefused: (gate: GateName) => refused.inc({ gate }),
    noteLimit: (gate: GateName, requests: number) => limit.set({ gate }, requests),
  };
}
