/** Stories of money that comes otherwise: in parts, with coupons, partly at the counter, or after all was over. */
import type { Dice } from './dice.ts';
import {
  amount,
  bare,
  cancel,
  chargeWindow,
  keyed,
  less,
  modify,
  paying,
  READ,
  unpaid,
  until,
  user,
  wait,
} from './moves.ts';
import type { Part, Step } from './step.ts';

const inParts = (dice: Dice): Step => {
  const share = dice.pick([0.2, 0.5, 0.9]);
  const by = (): Part['by'] => dice.pick(['charge', 'page'] as const);
  const first: Part = { by: dice.pick(['charge', 'page', 'counter'] as const), share };
  const rest: Part =
    first.by === 'counter' ? { by: by() } : { by: dice.pick(['charge', 'counter']) };
  const second: Part[] = dice.chance(0.3) ? [{ by: by(), share: 0.5 }] : [];
  return { do: 'pay', parts: [first, ...second, rest], pauseMs: dice.pick([0, 0, 3_000]) };
};

export const PAID_OTHERWISE = {
  'paid in parts': (dice: Dice) => [
    ...unpaid(dice, amount(dice)),
    until('paying'),
    ...(dice.chance(0.3) ? [bare('refresh')] : []),
    inParts(dice),
    ...(dice.chance(0.3) ? [READ] : []),
  ],

  /** An attempt that was under way succeeds although WeChat Pay has said yes to the end. */
  'charged after all': (dice: Dice) => [
    ...paying(dice, amount(dice)),
    wait(1_100),
    dice.chance(0.6) ? cancel(dice, keyed(dice)) : bare('sync', keyed(dice)),
    ...(dice.chance(0.5) ? [until('cancelled', 'paid_elsewhere')] : []),
    wait(dice.between(0, 3_000)),
    user('charge anyway'),
    ...(dice.chance(0.5) ? [until('paid')] : [READ]),
  ],

  /** 收款结果不明. */
  'nobody knows whether it was charged': (dice: Dice) => {
    const total = amount(dice);
    return [
      ...paying(dice, total),
      chargeWindow(dice.pick([5, 30, 60]), 'collectionUnclear'),
      dice.pick([cancel(dice), modify(dice, less(dice, total)), bare('sync', { key: 'k-sync' })]),
      ...(dice.chance(0.5) ? [user('pay')] : []),
    ];
  },
};
