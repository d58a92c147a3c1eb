/** Stories of outcomes that are not known: lost answers, late executions, and what is asked for meanwhile. */
import type { RefusalName } from '../../simulator/transport/refusals.ts';
import type { Dice } from './dice.ts';
import {
  amount,
  atOnce,
  bare,
  cancel,
  complete,
  keyed,
  less,
  modify,
  OPEN,
  opened,
  paying,
  payment,
  served,
  strike,
  UNPAID,
  user,
  wait,
} from './moves.ts';

const LOST = ['executed-then-500', 'executed-then-cut', 'bad-signature', 'half-json'] as const;

const late = (dice: Dice, call: 'create' | 'complete' | 'modify' | 'cancel' | 'sync') =>
  strike({ call, fault: 'executed-late', delay_seconds: dice.between(2, 60) });

export const DOUBTFUL = {
  /** The first attempt lands when WeChat Pay has said that it knows of nothing. */
  'created late': (dice: Dice) => [
    user('authorise'),
    late(dice, 'create'),
    OPEN,
    served(dice),
    complete(dice, amount(dice)),
  ],

  /** … and what came after it was refused. */
  'created late and then refused': (dice: Dice) => [
    user('authorise'),
    late(dice, 'create'),
    strike({ call: 'create', fault: 'refused', refusal: 'riskRefused', times: 3 }),
    OPEN,
    wait(dice.between(0, 5_000)),
    OPEN,
    { do: 'try again' } as const,
    complete(dice, amount(dice)),
  ],

  /** The user has long walked away. */
  'not created in time': (dice: Dice) => [
    user('authorise'),
    ...(dice.chance(0.7) ? [late(dice, 'create')] : []),
    strike({ call: 'create', fault: dice.pick(['cut', 'unsigned-502', 'throttled']), times: 30 }),
    OPEN,
    ...(dice.chance(0.3) ? [complete(dice, 100), cancel(dice)] : []),
  ],

  'refused by nobody': (dice: Dice) => {
    const refusal: RefusalName = 'riskRefused';
    const ending: RefusalName = 'orderState';
    return [
      user('authorise'),
      strike({ call: 'create', fault: 'refused-unsigned', refusal }),
      OPEN,
      served(dice),
      strike({ call: 'complete', fault: 'refused-unsigned', refusal: ending }),
      complete(dice, amount(dice)),
      wait(2_000),
      payment(dice),
    ];
  },

  'completed late': (dice: Dice) => [
    ...opened(dice),
    served(dice),
    late(dice, 'complete'),
    complete(dice, 500),
    complete(dice, 300),
  ],

  /** Called a contradiction by WeChat Pay, or something that passes. */
  'refused and completed late': (dice: Dice) => [
    ...opened(dice),
    served(dice),
    strike({
      call: 'complete',
      fault: 'refused-executed-late',
      delay_seconds: dice.between(2, 60),
      ...(dice.chance(0.4) && { refusal: 'abnormal' }),
    }),
    complete(dice, 500),
    ...(dice.chance(0.4) ? [wait(dice.between(0, 5_000)), complete(dice, 300)] : []),
  ],

  /** A corrected amount must wait until the first cannot arrive any more. */
  'completed late and then refused': (dice: Dice) => [
    ...opened(dice),
    served(dice),
    late(dice, 'complete'),
    strike({ call: 'complete', fault: 'refused', refusal: 'endTimeInFuture' }),
    complete(dice, 500),
    wait(dice.between(0, 5_000)),
    complete(dice, 300),
  ],

  'paid before completed': (dice: Dice) => [
    user('authorise'),
    { do: 'behaviour', behaviour: { charging: { failures: 0, interval_seconds: 1 } } } as const,
    OPEN,
    served(dice),
    strike({ call: 'complete', fault: dice.pick(LOST), times: dice.between(1, 2) }),
    strike({ call: 'query', fault: 'not-executed-500', times: 3 }),
    complete(dice, amount(dice)),
  ],

  'modified late': (dice: Dice) => [
    ...paying(dice, 500),
    late(dice, 'modify'),
    ...(dice.chance(0.4)
      ? [strike({ call: 'modify', fault: 'refused', refusal: 'onlyWhilePaying' })]
      : []),
    modify(dice, 400),
    modify(dice, 300),
    wait(dice.between(0, 30_000)),
    payment(dice),
  ],

  'cancelled late': (dice: Dice) => [
    ...(dice.chance(0.5) ? opened(dice) : paying(dice, amount(dice))),
    late(dice, 'cancel'),
    ...(dice.chance(0.5)
      ? [strike({ call: 'cancel', fault: 'refused', refusal: 'notCancellable' })]
      : []),
    cancel(dice),
    complete(dice, 300),
    payment(dice),
  ],

  'settled late': (dice: Dice) => [
    ...paying(dice, amount(dice)),
    wait(1_100),
    late(dice, 'sync'),
    bare('sync', keyed(dice)),
    ...(dice.chance(0.5) ? [payment(dice)] : []),
  ],

  'answers lost': (dice: Dice) => {
    const total = amount(dice);
    return [
      user('authorise'),
      UNPAID,
      strike({ call: 'create', fault: dice.pick(LOST), times: dice.between(1, 3) }),
      OPEN,
      served(dice),
      strike({ call: 'complete', fault: dice.pick(LOST), times: dice.between(1, 3) }),
      complete(dice, total),
      strike({ call: 'modify', fault: dice.pick(LOST), times: dice.between(1, 3) }),
      modify(dice, less(dice, total)),
      strike({ call: 'cancel', fault: dice.pick(LOST), times: dice.between(1, 3) }),
      atOnce(cancel(dice), payment(dice)),
    ];
  },

  'cannot be asked': (dice: Dice) => [
    ...opened(dice),
    served(dice),
    strike({
      call: 'query',
      fault: dice.pick(['cut', 'not-executed-500', 'unsigned-502']),
      times: 8,
    }),
    strike({ call: 'complete', fault: dice.pick(LOST) }),
    complete(dice, amount(dice)),
    bare('refresh'),
  ],

  throttled: (dice: Dice) => [
    user('authorise'),
    strike({ call: 'create', fault: 'throttled', times: dice.between(1, 3) }),
    OPEN,
    served(dice),
    strike({ call: 'complete', fault: 'throttled-by-gateway', times: dice.between(1, 4) }),
    complete(dice, amount(dice)),
  ],
};
