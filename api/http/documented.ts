/** What the document says of liveness and readiness. */
import { WORDED, type Documented } from '../openapi/route.ts';
import { Alive, Unready } from '../../answers/health.ts';

export const HEALTH_ROUTES: readonly Documented[] = [
  {
    ...{ method: 'get', path: '/healthz', operationId: 'isAlive', tag: 'Health' },
    summary: 'Whether the process runs.',
    answers: { 200: { description: 'It does.', schema: Alive } },
  },
  {
    ...{ method: 'get', path: '/readyz', operationId: 'isReady', tag: 'Health' },
    summary: 'Whether orders can be taken: Temporal answers, and the clock is right.',
    answers: {
      200: { description: 'They can.', schema: Alive },
      503: { description: 'They cannot.', schema: Unready, headers: WORDED },
    },
    problems: ['internal'],
  },
];
