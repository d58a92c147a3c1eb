/** Stories of what another system of the merchant does at WeChat Pay: orders that it created, and orders that it completes. */
import type { Dice } from './dice.ts';
import {
  amount,
  bare,
  complete,
  completion,
  OPEN,
  opened,
  payment,
  served,
  strike,
  UNPAID,
  until,
  user,
  wait,
} from './moves.ts';
import type { Step } from './step.ts';
import { contradiction, lie, unaskable } from './told-stories.ts';

/** WeChat Pay cannot always be asked when it is over. */
const servedElsewhere = (dice: Dice): Step[] => [
  user('authorise'),
  UNPAID,
  OPEN,
  until('in_service'),
  wait(dice.between(2_100, 4_000)),
  ...(dice.chance(0.6) ? [unaskable(dice)] : []),
];

const by = (dice: Dice) => dice.pick(['api', 'console'] as const);

export const ELSEWHERE = {
  adopted: (dice: Dice) => [
    user('authorise'),
    { do: 'create elsewhere' } as const,
    bare('adopt'),
    ...(dice.chance(0.4) ? [bare('adopt')] : []),
    ...completion(dice),
  ],

  'adopts what is open': (dice: Dice) => [
    ...opened(dice),
    bare('adopt'),
    served(dice),
    complete(dice, amount(dice)),
    bare('adopt'),
  ],

  /** Another order has the number: it must not be taken for the one that was asked for, nor ended. */
  'the number is taken': (dice: Dice) => [
    user('authorise'),
    {
      do: 'create elsewhere',
      difference: dice.pick(['fees', 'device', 'attach', 'notify_url'] as const),
    } as const,
    ...(dice.chance(0.3)
      ? [strike({ call: 'create', fault: 'cut', times: dice.between(1, 2) })]
      : []),
    OPEN,
    ...(dice.chance(0.5) ? [wait(dice.between(0, 3_000)), OPEN] : []),
    ...(dice.chance(0.5) ? [bare('adopt'), ...completion(dice)] : []),
  ],

  /** WeChat Pay does not show it to who asks for our service. */
  'another service has the number': (dice: Dice) => [
    user('authorise'),
    { do: 'create elsewhere', difference: 'service' } as const,
    ...(dice.chance(0.3)
      ? [strike({ call: 'create', fault: 'cut', times: dice.between(1, 2) })]
      : []),
    OPEN,
    ...(dice.chance(0.5) ? [wait(dice.between(0, 3_000)), OPEN] : []),
  ],

  /** Nobody here has asked for anything. */
  'completed elsewhere': (dice: Dice) => [
    ...servedElsewhere(dice),
    { do: 'complete elsewhere', by: by(dice), amount: amount(dice) } as const,
    ...(dice.chance(0.5) ? [lie(dice)] : []),
    payment(dice),
    ...(dice.chance(0.3) ? [lie(dice)] : []),
    until('paid'),
  ],

  /** Nothing is charged, so that nothing but a message that cannot be true tells of it. */
  'completed elsewhere with nothing to pay': (dice: Dice) => [
    ...servedElsewhere(dice),
    { do: 'complete elsewhere', by: by(dice), amount: 0 } as const,
    contradiction(dice),
    until('free'),
  ],
};
