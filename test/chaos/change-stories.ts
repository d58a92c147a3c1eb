/** Stories of orders that exist: completed, cancelled; twice, at once, against each other. */
import type { Dice } from './dice.ts';
import {
  amount,
  atOnce,
  bare,
  cancel,
  complete,
  keyed,
  modify,
  OPEN,
  opened,
  paying,
  payment,
  READ,
  served,
  TERMINATE,
  unpaid,
  UNPAID,
  until,
  user,
  wait,
} from './moves.ts';
import type { Step } from './step.ts';

const completed = (dice: Dice, total: number): Step[] => [
  ...opened(dice),
  served(dice),
  complete(dice, total),
];

export const CHANGED = {
  plain: (dice: Dice) => completed(dice, amount(dice)),

  free: (dice: Dice) => completed(dice, 0),

  /** In service when all is over. */
  forgotten: (dice: Dice) => [...opened(dice), wait(dice.between(0, 3_000)), READ],

  /** Paying when all is over. */
  'never pays': (dice: Dice) => [...unpaid(dice, amount(dice)), READ],

  /** When nobody here thinks of it any more. */
  'pays later': (dice: Dice) => [
    ...paying(dice, amount(dice)),
    wait(dice.between(3_000, 40_000)),
    payment(dice),
  ],

  insists(dice: Dice) {
    const total = amount(dice);
    const first = keyed(dice);
    return [
      ...opened(dice),
      served(dice),
      complete(dice, total, first),
      complete(dice, total, first),
      atOnce(complete(dice, total), complete(dice, total, first), complete(dice, total)),
      wait(dice.between(0, 8_000)),
      complete(dice, total, first),
      OPEN,
    ];
  },

  contradicts(dice: Dice) {
    const [high, low] = [complete(dice, 500), complete(dice, 300)];
    return [
      ...opened(dice),
      served(dice),
      ...(dice.chance(0.5) ? [high, low] : [atOnce(high, low)]),
      wait(dice.between(0, 3_000)),
      complete(dice, 400),
    ];
  },

  'reuses a key': (dice: Dice) => {
    const how = keyed(dice);
    return [
      ...opened(dice),
      served(dice),
      complete(dice, 500, how),
      complete(dice, 300, how),
      cancel(dice, how),
      complete(dice, 500, how),
    ];
  },

  /** What was not allowed under a key is not allowed under it later. */
  'asks too early under a key': (dice: Dice) => {
    const [early, earlier] = [keyed(dice), keyed(dice)];
    const lower = modify(dice, 300, early);
    const end = complete(dice, 500, earlier);
    return [
      OPEN,
      ...(dice.chance(0.5) ? [until('authorizing'), end] : []),
      user('authorise'),
      UNPAID,
      dice.chance(0.5) ? OPEN : bare('refresh'),
      until('in_service'),
      lower,
      ...(dice.chance(0.4) ? [TERMINATE, OPEN, until('in_service')] : []),
      served(dice),
      end,
      complete(dice, 500, keyed(dice)),
      until('paying'),
      lower,
      ...(dice.chance(0.5) ? [modify(dice, 300, {})] : []),
      payment(dice),
      lower,
    ];
  },

  'cancels early': (dice: Dice) => {
    const again = dice.chance(0.4) ? [cancel(dice)] : [];
    return dice.chance(0.3)
      ? [...opened(dice).slice(0, 2), atOnce(OPEN, cancel(dice)), ...again]
      : [...opened(dice), wait(dice.between(0, 3_000)), cancel(dice), ...again];
  },

  'completes and cancels': (dice: Dice) => [
    ...opened(dice),
    served(dice),
    atOnce(complete(dice, amount(dice)), cancel(dice)),
    wait(dice.between(0, 2_000)),
    cancel(dice),
  ],

  'cancels while paying': (dice: Dice) => [
    ...unpaid(dice, amount(dice)),
    dice.chance(0.5) ? atOnce(payment(dice), cancel(dice)) : cancel(dice),
    payment(dice),
  ],

  'asks again and again': (dice: Dice) => [
    ...opened(dice),
    ...Array.from({ length: 8 }, () => bare('refresh')),
    served(dice),
    complete(dice, amount(dice)),
    atOnce(...Array.from({ length: 5 }, () => bare('refresh'))),
  ],
};
