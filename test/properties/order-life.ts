/** What can happen to an order, in representative values: the alphabet of its lives. */
import type { Outcome } from '../../payscore/operation.ts';
import { FIRST } from '../../payscore/order.ts';
import type { OrderEvent } from '../../payscore/order-event.ts';
import {
  asked,
  bodies,
  concluded,
  creating,
  done,
  invited,
  later,
  LOWER,
  mch,
  newton,
  notAllowed,
  observed,
  OPENID,
  paidBy,
  refusal,
  refused,
  started,
  WECHAT_PHASES,
} from '../payscore/orders.ts';

const OPERATIONS = ['complete', 'modify', 'cancel', 'sync'] as const;
const DOUBTFUL = { lastSentAt: later(20).toISOString(), doubtfulSince: later(10).toISOString() };
const misplaced: Outcome = { kind: 'refused', refusal: { ...refusal, reason: 'no_permission' } };

const observations = [
  ...WECHAT_PHASES.flatMap((phase) =>
    (['create', 'complete', 'query', 'notification'] as const).map((by) => observed(phase, by)),
  ),
  // an unknown state, the wrong mode, somebody else's order, another amount, collected by both
  observed('paid', 'query', { state: 'SETTLED' }),
  observed('paying', 'query', { state: 'CREATED' }),
  observed('paid', 'query', { openid: 'oSomebodyElse' }),
  observed('cancelled', 'notification', { out_order_no: 'R2' }),
  observed('paying', 'modify', { total_amount: LOWER }),
  observed('paid', 'query', {
    total_amount: LOWER,
    ...paidBy({ ...newton, amount: LOWER }),
  }),
  observed('paid', 'query', paidBy(mch, newton)),
  observed('in_service', 'query', {
    openid: '',
    time_range: { start_time: '20261001110000', end_time: '20261001120000' },
  }),
];

const authorization: readonly OrderEvent[] = [
  { kind: 'permission', authorization_state: 'AVAILABLE' },
  { kind: 'permission', authorization_state: 'UNAVAILABLE' },
  { kind: 'permission', authorization_state: 'UNHEARD_OF' },
  invited,
  { kind: 'unauthorized', why: 'The user did not come.' },
  { kind: 'withdrawn' },
];

const creation: readonly OrderEvent[] = [
  creating,
  { kind: 'progressed', key: FIRST, progress: DOUBTFUL },
  { kind: 'unreachable', why: 'No answer.', refusal },
  { kind: 'not_created', why: 'WeChat Pay has none.' },
  { kind: 'given_up', why: 'it was created in the confirm mode' },
  ...[done, notAllowed, refused].map((outcome) => concluded(FIRST, outcome)),
];

const requests = OPERATIONS.flatMap((operation): OrderEvent[] => {
  const key = `k-${operation}`;
  return [
    asked(operation),
    started(operation),
    { kind: 'progressed', key, progress: DOUBTFUL },
    concluded(key, done),
    concluded(key, notAllowed, true),
    concluded(key, refused),
  ];
});

const troubles: readonly OrderEvent[] = [
  // the same key for something else, a second request, one that begins once more
  asked('cancel', { key: 'k-modify' }),
  asked('modify', { key: 'k-another', digest: '' }),
  { kind: 'started', key: 'k-another', body: bodies.modify },
  concluded('k-another', misplaced, true),
  { kind: 'declined', operation: 'complete', rule: 'not now' },
  ...(['unresolved', 'misconfigured', 'operation_refused', 'overdue'] as const).map(
    (trouble): OrderEvent => ({ kind: 'troubled', trouble }),
  ),
  { kind: 'troubled', trouble: 'misconfigured', refusal: { ...refusal, operation: 'query' } },
];

export const ALPHABET: readonly OrderEvent[] = [
  ...observations,
  ...authorization,
  ...creation,
  ...requests,
  ...troubles,
];

/** For the message of a failure. */
export function told(event: OrderEvent): string {
  return JSON.stringify(event).replaceAll(OPENID, 'the user').slice(0, 200);
}
