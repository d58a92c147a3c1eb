/** Stories of the merchant's console (商户平台), which completes, lowers and cancels orders and tells nobody. */
import type { Dice } from './dice.ts';
import {
  amount,
  atOnce,
  bare,
  cancel,
  complete,
  less,
  OPEN,
  opened,
  paying,
  payment,
  served,
  until,
  unpaid,
  wait,
} from './moves.ts';
import type { Step } from './step.ts';

const asked = (): Step[] => [bare('refresh'), until('cancelled')];

export const BY_CONSOLE = {
  'cancelled in the console': (dice: Dice) => {
    const end: Step = { do: 'console', act: 'cancel' };
    return [
      ...opened(dice),
      until('in_service'),
      served(dice),
      ...(dice.chance(0.3)
        ? [atOnce(end, dice.chance(0.5) ? complete(dice, amount(dice)) : cancel(dice))]
        : [end, ...(dice.chance(0.5) ? [complete(dice, amount(dice))] : [])]),
      ...(dice.chance(0.3) ? [OPEN] : []),
      ...asked(),
    ];
  },

  'cancelled in the console while paying': (dice: Dice) => [
    ...paying(dice, amount(dice)),
    dice.chance(0.5)
      ? ({ do: 'console', act: 'cancel' } as const)
      : atOnce({ do: 'console', act: 'cancel' }, payment(dice)),
    wait(dice.between(0, 2_000)),
    ...(dice.chance(0.5) ? [cancel(dice)] : asked()),
  ],

  'lowered in the console': (dice: Dice) => {
    const total = amount(dice);
    return [
      ...unpaid(dice, total),
      until('paying'),
      { do: 'console', act: 'modify', amount: less(dice, total) } as const,
      ...(dice.chance(0.5) ? [bare('refresh')] : []),
      wait(dice.between(0, 4_000)),
      payment(dice),
    ];
  },
};
