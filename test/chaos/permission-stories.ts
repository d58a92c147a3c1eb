/** Stories about what the user permits: later, elsewhere, not any more, never; and whom WeChat Pay refuses. */
import type { Creation } from '../../simulator/orders/user-behaviour.ts';
import type { Dice } from './dice.ts';
import {
  atOnce,
  bare,
  cancel,
  complete,
  completion,
  onlyIf,
  OPEN,
  strike,
  until,
  user,
  wait,
} from './moves.ts';
import type { Step } from './step.ts';

const page = (dice: Dice): Step => user(dice.chance(0.8) ? 'authorise on the page' : 'authorise');
/** Two orders that wait for one user. */
const twice = (dice: Dice): Step[] => [
  OPEN,
  until('authorizing'),
  onlyIf('authorizing'),
  ...(dice.chance(0.3) ? [bare('refresh')] : []),
  wait(dice.between(0, 3_000)),
  { do: 'start over' },
  until('authorizing'),
  onlyIf('authorizing'),
];

export const UNAUTHORISED = {
  'authorises later': (dice: Dice) => [
    OPEN,
    wait(dice.between(0, 10_000)),
    page(dice),
    ...(dice.chance(0.4) ? [bare('refresh')] : []),
    ...(dice.chance(0.4) ? [OPEN] : []),
    ...completion(dice),
  ],

  'never authorises': (dice: Dice) => [
    OPEN,
    wait(dice.between(0, 5_000)),
    OPEN,
    bare('refresh'),
    ...(dice.chance(0.3) ? [complete(dice, 100)] : []),
  ],

  'authorises and revokes': (dice: Dice) => [
    OPEN,
    wait(dice.between(0, 3_000)),
    atOnce(page(dice), bare('refresh')),
    wait(dice.between(0, 800)),
    user('revoke'),
    wait(dice.between(0, 5_000)),
    ...(dice.chance(0.5) ? [user('authorise')] : []),
    ...completion(dice),
  ],

  'cancels before authorising': (dice: Dice) => [
    OPEN,
    wait(dice.between(0, 3_000)),
    dice.chance(0.5) ? atOnce(cancel(dice), page(dice)) : cancel(dice),
    OPEN,
  ],

  'revokes meanwhile': (dice: Dice) => [
    user('authorise'),
    strike({
      call: 'create',
      fault: dice.pick(['executed-then-500', 'executed-then-cut', 'executed-late'] as const),
      delay_seconds: dice.between(1, 60),
    }),
    atOnce(OPEN, wait(dice.between(0, 600)), user('revoke')),
    ...completion(dice),
  ],

  refused: (dice: Dice) => [
    user('authorise'),
    {
      do: 'behaviour',
      behaviour: {
        creation: dice.pick<Creation>([
          'risk_refused',
          'open_orders',
          'overdue',
          'no_auth',
          'teen_mode',
          'risk_not_passed',
          'too_many_orders',
          'not_an_openid',
          'too_frequent',
        ]),
      },
    } as const,
    OPEN,
    OPEN,
    ...(dice.chance(0.5)
      ? ([
          { do: 'behaviour', behaviour: { creation: 'passes' } },
          { do: 'try again' },
          ...completion(dice),
        ] as const)
      : []),
  ],

  /** Though he has authorised. */
  'his permission is not told': (dice: Dice) => [
    user('authorise'),
    {
      do: 'behaviour',
      behaviour: { permission: dice.pick(['system_error', 'not_exist', 'no_auth'] as const) },
    } as const,
    OPEN,
    ...(dice.chance(0.5) ? [until('authorizing'), page(dice)] : [wait(dice.between(0, 8_000))]),
    { do: 'behaviour', behaviour: { permission: 'told' } } as const,
    OPEN,
    ...(dice.chance(0.5) ? [{ do: 'try again' } as const] : []),
    ...completion(dice),
  ],

  'stays created': (dice: Dice) => [
    user('authorise'),
    { do: 'behaviour', behaviour: { creation: 'stays_created' } } as const,
    OPEN,
    ...(dice.chance(0.5) ? [complete(dice, 500)] : []),
    wait(dice.between(0, 3_000)),
    OPEN,
    { do: 'behaviour', behaviour: { creation: 'passes' } } as const,
    { do: 'try again' } as const,
    ...completion(dice),
  ],

  /** Whom the user has left is not to be created. */
  'starts over': (dice: Dice) => [
    ...twice(dice),
    user('authorise on the page'),
    ...(dice.chance(0.3) ? [bare('refresh')] : []),
    ...(dice.chance(0.5) ? [user('open the first page')] : []),
    ...completion(dice),
  ],

  /** The second is the one that is left. */
  'comes back': (dice: Dice) => [
    ...twice(dice),
    { do: 'turn to', attempt: 0 } as const,
    user('authorise on the page'),
    ...(dice.chance(0.3) ? [OPEN] : []),
    ...completion(dice),
  ],
};
