/** Stories of orders that exist: completed, lowered, cancelled, settled elsewhere; twice, at once, against each other. */
import type { Dice } from './dice.ts';
import {
  amount,
  atOnce,
  bare,
  cancel,
  complete,
  less,
  modify,
  OPEN,
  opened,
  payment,
  served,
  UNPAID,
  until,
  wait,
} from './moves.ts';
import type { Step } from './step.ts';

const completed = (dice: Dice, total: number): Step[] => [
  ...opened(dice),
  served(dice),
  complete(dice, total),
];
/** Until somebody presses pay. */
const unpaid = (dice: Dice, total: number): Step[] => {
  const [authorise, , ...opening] = opened(dice);
  return [authorise!, UNPAID, ...opening, served(dice), complete(dice, total)];
};

export const CHANGED = {
  plain: (dice: Dice) => completed(dice, amount(dice)),

  free: (dice: Dice) => completed(dice, 0),

  /** In service when all is over. */
  forgotten: (dice: Dice) => [
    ...opened(dice),
    wait(dice.between(0, 3_000)),
    { do: 'read' } as const,
  ],

  /** Paying when all is over. */
  'never pays': (dice: Dice) => [...unpaid(dice, amount(dice)), { do: 'read' } as const],

  /** When nobody here thinks of it any more. */
  'pays later': (dice: Dice) => [
    ...unpaid(dice, amount(dice)),
    until('paying'),
    wait(dice.between(3_000, 40_000)),
    payment(dice),
  ],

  insists(dice: Dice) {
    const total = amount(dice);
    const first = { key: `k${dice.hex(10)}` };
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
    const how = { key: `k${dice.hex(10)}` };
    return [
      ...opened(dice),
      served(dice),
      complete(dice, 500, how),
      complete(dice, 300, how),
      cancel(dice, how),
      complete(dice, 500, how),
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

  lowers: (dice: Dice) => [
    ...unpaid(dice, 500),
    modify(dice, 300),
    ...(dice.chance(0.5) ? [modify(dice, dice.pick([200, 300, 400, 0]))] : []),
    ...(dice.chance(0.3) ? [until('paying')] : []),
    payment(dice),
  ],

  'lowers while paying': (dice: Dice) => {
    const total = amount(dice);
    return [
      ...unpaid(dice, total),
      atOnce(modify(dice, less(dice, total)), wait(dice.between(0, 400)), payment(dice)),
      wait(1_000),
      payment(dice),
    ];
  },

  'lowers too early': (dice: Dice) => [
    ...opened(dice),
    atOnce(modify(dice, 100), bare('sync')),
    served(dice),
    complete(dice, 500),
    modify(dice, 600),
  ],

  'settles elsewhere': (dice: Dice) => [
    ...unpaid(dice, amount(dice)),
    wait(dice.between(1_100, 2_500)),
    bare('sync', { key: `k${dice.hex(10)}` }),
    ...(dice.chance(0.3) ? [bare('sync')] : []),
    cancel(dice),
    payment(dice),
  ],

  'settles elsewhere while paying': (dice: Dice) => [
    ...unpaid(dice, amount(dice)),
    wait(dice.between(1_100, 2_500)),
    atOnce(bare('sync', { key: `k${dice.hex(10)}` }), payment(dice)),
    cancel(dice),
  ],

  'is being charged': (dice: Dice) => {
    const total = amount(dice);
    return [
      ...unpaid(dice, total),
      { do: 'charging window', seconds: dice.pick([5, 30, 60]) } as const,
      dice.pick([cancel(dice), modify(dice, less(dice, total)), bare('sync', { key: 'k-sync' })]),
      ...(dice.chance(0.5) ? [payment(dice)] : []),
    ];
  },

  everything: (dice: Dice) => {
    const total = amount(dice);
    const changes = dice.shuffled([
      modify(dice, less(dice, total)),
      cancel(dice),
      bare('sync', { key: `k${dice.hex(10)}` }),
      bare('refresh'),
      payment(dice),
    ]);
    return [...unpaid(dice, total), wait(1_100), atOnce(...changes), bare('refresh')];
  },

  'asks again and again': (dice: Dice) => [
    ...opened(dice),
    ...Array.from({ length: 8 }, () => bare('refresh')),
    served(dice),
    complete(dice, amount(dice)),
    atOnce(...Array.from({ length: 5 }, () => bare('refresh'))),
  ],
};
