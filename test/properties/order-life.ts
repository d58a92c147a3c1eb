/** What can happen to an order, in representative values: the alphabet of its lives. */
import type { Outcome } from '../../payscore/order/operation.ts';
import { failure } from '../../payscore/order/fact.ts';
import { FIRST, type SignedNotification } from '../../payscore/order/opening.ts';
import type { OrderEvent } from '../../payscore/order/event.ts';
import {
  answered,
  asked,
  attempted,
  bodies,
  brokenOff,
  carriedOut,
  concluded,
  creating,
  done,
  IN_CONFIRM_MODE,
  invited,
  later,
  LOWER,
  mch,
  newton,
  NOT_AUTHORISED,
  notAllowed,
  observed,
  OPENID,
  paidBy,
  permission,
  record,
  refusal,
  refused,
  reopened,
  started,
  TOTAL,
  WECHAT_PHASES,
} from '../payscore/order/orders.ts';

/** Notifications that WeChat signed. */
const signed: SignedNotification = { headers: { 'wechatpay-nonce': 'n' }, body: 'e30=' };
const another: SignedNotification = { ...signed, body: 'eyJhIjoxfQ==' };

const OPERATIONS = ['complete', 'modify', 'cancel', 'sync'] as const;
const UNKNOWN = { lastSentAt: later(20).toISOString(), unknownSince: later(10).toISOString() };
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
  // more than was agreed; a coupon that paid for all of it
  observed('paying', 'query', { total_amount: TOTAL + 1 }),
  observed('paid', 'query', {
    total_amount: TOTAL + 1,
    ...paidBy({ ...newton, amount: TOTAL + 1 }),
  }),
  observed('paid', 'query', paidBy({ ...newton, amount: 0 })),
  observed('paying', 'query', { total_amount: LOWER }),
  // asked for before anything was done
  answered(0, 'in_service'),
  answered(0, 'paying'),
  answered(0, 'paying', { total_amount: LOWER }),
  answered(0, 'paid'),
  observed('in_service', 'query', {
    openid: '',
    time_range: { start_time: '20261001110000', end_time: '20261001120000' },
  }),
];

const authorization: readonly OrderEvent[] = [
  permission('AVAILABLE'),
  permission('AVAILABLE', 'code', later(30).toISOString()),
  permission('AVAILABLE', 'code'),
  permission('UNAVAILABLE'),
  permission('UNAVAILABLE', 'code'),
  permission('UNHEARD_OF', 'code'),
  { kind: 'awaited', at: later(40).toISOString() },
  { kind: 'authorization_told', at: later(20).toISOString() },
  invited,
  { kind: 'unauthorized', why: NOT_AUTHORISED },
  { kind: 'withdrawn' },
];

const NUMBER_TAKEN = { code: 'number_taken', differs: ['attach'], isAdoptable: true } as const;

const creation: readonly OrderEvent[] = [
  creating,
  { kind: 'progressed', key: FIRST, progress: UNKNOWN },
  { kind: 'unreachable', why: failure('No answer.'), refusal },
  { kind: 'not_created', why: { code: 'none_under_number' } },
  { kind: 'not_created', why: NUMBER_TAKEN, refusal, isNumberTaken: true },
  { kind: 'given_up', why: IN_CONFIRM_MODE },
  ...[done, notAllowed, refused].map((outcome) => concluded(FIRST, outcome)),
];

const requests = OPERATIONS.flatMap((operation): OrderEvent[] => {
  const key = `k-${operation}`;
  return [
    asked(operation),
    started(operation),
    { kind: 'progressed', key, progress: UNKNOWN },
    concluded(key, done),
    concluded(key, notAllowed, true),
    concluded(key, refused),
  ];
});

/** What is known of the run that was taken back to an earlier moment. */
const memories: readonly OrderEvent[] = [
  brokenOff('paying', {
    operations: [
      record('complete', { state: 'done' }),
      record('modify', { ...notAllowed, state: 'not_allowed' }),
      record('cancel'),
    ],
  }),
  reopened('cancelled', {
    operations: [
      record('cancel', { state: 'done' }),
      record('complete', { state: 'refused', refusal }),
      record('sync', { state: 'left_behind' }),
    ],
  }),
].map(({ takesUp }) => ({ kind: 'remembered', runId: 'reset', earlier: takesUp! }));

/** What is known of the order, and what is only said of it. */
const PAYMENT = { code: 'payment_contradicts' } as const;

const questions: readonly OrderEvent[] = [
  ...memories,
  { kind: 'notified', signed },
  { kind: 'notified', signed: another },
  { kind: 'read' },
  { kind: 'taken_up' },
  { kind: 'looked_up' },
  { kind: 'query_needed', why: PAYMENT, isSaidToBeOver: true },
  { kind: 'query_needed', why: failure('a message'), isSaidToBeOver: false },
  { kind: 'answered' },
  { kind: 'none_told' },
  { kind: 'sent', key: 'k-modify' },
  { kind: 'returned', key: 'k-modify', progress: UNKNOWN },
];

const troubles: readonly OrderEvent[] = [
  // the same key for something else, a second request, one that begins once more
  asked('cancel', { key: 'k-modify' }),
  asked('modify', { key: 'k-another', digest: '' }),
  { kind: 'started', key: 'k-another', body: bodies.modify },
  concluded('k-another', misplaced, true),
  { kind: 'declined', operation: 'complete', rule: { code: 'key_reused' } },
  ...(['unresolved', 'misconfigured', 'operation_refused', 'overdue'] as const).map(
    (trouble): OrderEvent => ({ kind: 'troubled', trouble, why: failure('It is silent.') }),
  ),
  { kind: 'troubled', trouble: 'misconfigured', refusal: { ...refusal, operation: 'query' } },
];

export const ALPHABET: readonly OrderEvent[] = [
  ...observations,
  ...authorization,
  ...creation,
  ...requests,
  ...questions,
  ...troubles,
];

const raised = observed('paying', 'query', { total_amount: TOTAL });

/** What chance alone would hardly bring about: each of them is played as it stands, between anything else. */
export const STORIES: readonly (readonly OrderEvent[])[] = [
  [permission('AVAILABLE'), creating, ...attempted(FIRST), observed('in_service', 'query')],
  [invited, { kind: 'awaited', at: later(40).toISOString() }, permission('AVAILABLE')],
  carriedOut('complete', observed('paying', 'query')),
  carriedOut('modify', observed('paying', 'query', { total_amount: LOWER })),
  carriedOut('sync', observed('paid_elsewhere', 'query')),
  [raised, raised, raised],
  [
    { kind: 'query_needed', why: PAYMENT, isSaidToBeOver: true },
    observed('paying', 'query', { total_amount: LOWER }),
  ],
  [asked('cancel'), started('cancel'), ...attempted('k-cancel'), observed('paid', 'query')],
  // a user who comes back while the order is created
  [permission('AVAILABLE'), creating, { kind: 'awaited', at: later(40).toISOString() }],
  ...memories.map((memory) => [{ kind: 'taken_up' } as const, memory, asked('cancel')]),
];

/** For the message of a failure. */
export function told(event: OrderEvent): string {
  return JSON.stringify(event).replaceAll(OPENID, 'the user').slice(0, 200);
}
