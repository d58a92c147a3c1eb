/** Stories of orders that are being charged: lowered, settled elsewhere, cancelled, while the user pays. */
import type { Dice } from './dice.ts';
import {
  amount,
  atOnce,
  bare,
  cancel,
  chargeWindow,
  complete,
  keyed,
  less,
  modify,
  opened,
  paying,
  payment,
  READ,
  served,
  strike,
  unpaid,
  until,
  wait,
} from './moves.ts';

export const CORRECTED = {
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

  /** WeChat Pay's account of before the correction comes after it. */
  'lowers behind an old account': (dice: Dice) => [
    ...paying(dice, 500),
    strike({ call: 'query', fault: 'slow', delay_seconds: dice.between(3, 8), times: 2 }),
    bare('refresh', { mode: 'left' }),
    wait(dice.between(200, 900)),
    modify(dice, 300, keyed(dice)),
    READ,
    wait(dice.between(2_000, 9_000)),
    READ,
    modify(dice, 400),
    ...(dice.chance(0.4) ? [modify(dice, 200)] : []),
    READ,
    payment(dice),
  ],

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
    bare('sync', keyed(dice)),
    ...(dice.chance(0.3) ? [bare('sync')] : []),
    cancel(dice),
    payment(dice),
  ],

  'settles elsewhere while paying': (dice: Dice) => [
    ...unpaid(dice, amount(dice)),
    wait(dice.between(1_100, 2_500)),
    atOnce(bare('sync', keyed(dice)), payment(dice)),
    cancel(dice),
  ],

  'is being charged': (dice: Dice) => {
    const total = amount(dice);
    return [
      ...unpaid(dice, total),
      chargeWindow(dice.pick([5, 30, 60])),
      dice.pick([cancel(dice), modify(dice, less(dice, total)), bare('sync', { key: 'k-sync' })]),
      ...(dice.chance(0.5) ? [payment(dice)] : []),
    ];
  },

  everything: (dice: Dice) => {
    const total = amount(dice);
    const changes = dice.shuffled([
      modify(dice, less(dice, total)),
      cancel(dice),
      bare('sync', keyed(dice)),
      bare('refresh'),
      payment(dice),
    ]);
    return [...unpaid(dice, total), wait(1_100), atOnce(...changes), bare('refresh')];
  },
};
