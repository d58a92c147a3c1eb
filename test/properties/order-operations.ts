/** Everything that merchants, users, WeChat Pay and time may do to two orders of one user. */
import * as fc from 'fast-check';
import type { Policies } from '../../simulator/control.ts';

/** Which of the merchant's programs calls: ours, or the few lines of the tests. */
export type Via = 'client' | 'merchant';

interface Called {
  readonly via: Via;
  /** 0 or 1. */
  readonly order: number;
}

/** The body of an earlier, successful call is sent once more, if there was one. */
interface Repeatable extends Called {
  readonly again: boolean;
}

interface Billed extends Repeatable {
  readonly total: number;
  readonly sum: 'right' | 'wrong';
}

export type End = 'past' | 'to come' | 'before start';
export type CreateBody = 'plain' | 'other' | 'above cap' | 'starts soon';

export type Operation =
  | (Called & { readonly op: 'create'; readonly body: CreateBody })
  | (Billed & { readonly op: 'complete'; readonly end: End })
  | (Billed & { readonly op: 'modify' })
  | (Repeatable & { readonly op: 'cancel'; readonly reason: number; readonly service: boolean })
  | (Repeatable & { readonly op: 'sync'; readonly paid: Paid })
  | (Called & { readonly op: 'pay call' | 'query' })
  | { readonly op: PersonsAct; readonly order: number }
  | { readonly op: 'charging window'; readonly order: number; readonly seconds: number }
  | { readonly op: 'script'; readonly order: number; readonly failures: number | 'always' }
  | { readonly op: 'terminate'; readonly via: Via }
  | { readonly op: 'revoke' | 'authorise' }
  | { readonly op: 'pass'; readonly seconds: number };

export type PersonsAct = 'pay' | 'pay from page' | 'fail to pay' | 'confirm';
export type Paid = 'just now' | 'before completion' | 'in 30 s' | 'in 10 min';

export const DAY = 86_400;
/** Of a service whose orders are tried here, in fen. */
export const RISK_CAP = 100_000;

const via = fc.constantFrom<Via[]>('client', 'merchant');
const order = fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1);
const again = fc.constantFrom(false, false, true);
const sum = fc.constantFrom<Billed['sum'][]>('right', 'right', 'right', 'right', 'wrong');
const is = <const T>(value: T) => fc.constant(value);

const create = fc.record({
  op: is('create'),
  via,
  order,
  body: fc.constantFrom<CreateBody[]>(
    'plain',
    'plain',
    'plain',
    'other',
    'above cap',
    'starts soon',
  ),
});
const complete = fc.record({
  op: is('complete'),
  via,
  order,
  again,
  sum,
  total: fc.constantFrom(800, 800, 1200, 0, RISK_CAP + 1),
  end: fc.constantFrom<End[]>('past', 'past', 'past', 'past', 'to come', 'before start'),
});
const modify = fc.record({
  op: is('modify'),
  via,
  order,
  again,
  sum,
  total: fc.constantFrom(500, 800, 801, 1200, 0),
});
const cancel = fc.record({
  op: is('cancel'),
  via,
  order,
  again,
  reason: fc.constantFrom(4, 4, 31, 51),
  service: fc.constantFrom(true, true, true, false),
});
const paid = fc.constantFrom<Paid[]>(
  'just now',
  'just now',
  'before completion',
  'in 30 s',
  'in 10 min',
);
const sync = fc.record({ op: is('sync'), via, order, again, paid });

const onOrder = <Op extends string>(...ops: Op[]) =>
  fc.record({ op: fc.constantFrom(...ops), order });

export const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: create },
  { weight: 6, arbitrary: complete },
  { weight: 4, arbitrary: modify },
  { weight: 2, arbitrary: cancel },
  { weight: 2, arbitrary: sync },
  { weight: 1, arbitrary: fc.record({ op: fc.constantFrom('pay call', 'query'), via, order }) },
  {
    weight: 2,
    arbitrary: onOrder('pay', 'pay from page', 'fail to pay', 'fail to pay', 'confirm'),
  },
  {
    weight: 1,
    arbitrary: fc.record({ op: is('charging window'), order, seconds: fc.constantFrom(210, 0) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: is('script'),
      order,
      failures: fc.constantFrom<(number | 'always')[]>(0, 1, 2, 'always'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ op: is('terminate'), via }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constantFrom('revoke', 'authorise', 'authorise') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      op: is('pass'),
      seconds: fc.constantFrom(60, 600, 3600, DAY, 31 * DAY),
    }),
  },
);

const begun: Operation = { op: 'create', via: 'client', order: 0, body: 'plain' };
const usual = { via: 'merchant', order: 0, again: false, sum: 'right' } as const;
const billed: Operation = { op: 'complete', ...usual, total: 1200, end: 'past' };
const lowered: Operation = { op: 'modify', ...usual, total: 500 };
const forgone: Operation = { op: 'cancel', ...usual, reason: 4, service: true };
const paidElsewhere: Operation = { op: 'sync', ...usual, paid: 'just now' };
const charged: Operation = { op: 'pay', order: 0 };

/** Where most cases begin: most of what can happen happens to an order that has come so far. */
const BEGINNINGS: readonly Operation[][] = [
  [],
  [begun],
  [begun, billed],
  [begun, billed],
  [begun, billed, lowered],
  [begun, billed, lowered],
  [begun, billed, charged],
  [begun, billed, paidElsewhere],
  [begun, forgone],
  [begun, billed, forgone],
];

export const operations = fc
  .tuple(
    fc.constantFrom(...BEGINNINGS),
    fc.array(operation, { minLength: 3, maxLength: 24, size: 'max' }),
  )
  .map(([first, more]) => [...first, ...more]);

const repeat = fc.constantFrom<Policies['create_repeat'][]>('same', 'same', 'any', 'never');
const sent = fc.constantFrom<Policies['sync_notification'][]>('none', 'sent');

/** Those that decide what an order may become. */
export const policies = fc.record({
  create_state: fc.constantFrom<Policies['create_state'][]>('DOING', 'DOING', 'DOING', 'CREATED'),
  create_time_check: fc.constantFrom<Policies['create_time_check'][]>(
    'after_repeat',
    'before_repeat',
  ),
  create_repeat: repeat,
  complete_repeat: repeat,
  cancel_repeat: repeat,
  sync_repeat: repeat,
  modify_repeat: fc.constantFrom<Policies['modify_repeat'][]>('same', 'never'),
  cancel_while_paying: fc.constantFrom<Policies['modify_equal'][]>('allowed', 'refused'),
  cancel_service_id: fc.constantFrom<Policies['cancel_service_id'][]>('required', 'optional'),
  cancel_reason_length: fc.constantFrom<(50 | 30)[]>(50, 30),
  modify_limit: fc.constantFrom<Policies['modify_limit'][]>('none', 'none', 'once'),
  modify_equal: fc.constantFrom<Policies['modify_equal'][]>('allowed', 'refused'),
  modify_to_zero: fc.constantFrom<Policies['modify_to_zero'][]>('done', 'stays', 'refused'),
  zero_total_notification: sent,
  sync_notification: sent,
  sync_tolerance_seconds: fc.constantFrom<(60 | 0)[]>(60, 0),
  wrong_state_code: fc.constantFrom<Policies['wrong_state_code'][]>(
    ...(['as_seen', 'INVALID_REQUEST', 'PARAM_ERROR', 'INVALID_ORDER_STATE'] as const),
  ),
  repeated_termination: fc.constantFrom<Policies['repeated_termination'][]>('refused', 'accepted'),
});
export type RandomPolicies = typeof policies extends fc.Arbitrary<infer P> ? P : never;
