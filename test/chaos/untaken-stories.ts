/** Stories of openings for which WeChat Pay does not take our calls (401), for longer than there is time: the same again begins anew. */
import type { Dice } from './dice.ts';
import {
  atOnce,
  bare,
  cancel,
  complete,
  completion,
  inTurn,
  OPEN,
  READ,
  strike,
  TERMINATE,
  until,
  user,
  wait,
} from './moves.ts';
import type { PlannedStrike, Step } from './step.ts';

const untaken = (dice: Dice, call: PlannedStrike['call'], most = 9): Step =>
  strike({
    call,
    fault: dice.pick(['sign-error', 'sign-error-unsigned'] as const),
    times: dice.between(3, most),
  });

/** Business code that does not give up. */
const insisting = (dice: Dice): Step[] =>
  Array.from({ length: 3 }, () => [wait(dice.between(2_000, 9_000)), OPEN]).flat();

export const UNTAKEN = {
  'is not taken': (dice: Dice) => [
    user('authorise'),
    untaken(dice, 'create'),
    OPEN,
    ...(dice.chance(0.3) ? [READ, complete(dice, 500)] : []),
    ...insisting(dice),
    ...completion(dice),
  ],

  'is not taken and given up': (dice: Dice) => [
    user('authorise'),
    untaken(dice, 'create', 20),
    atOnce(OPEN, inTurn(wait(dice.between(0, 9_000)), cancel(dice))),
    ...(dice.chance(0.5) ? [wait(8_000), OPEN] : []),
  ],

  /** Calls about permissions name no order: whoever asks then is struck. */
  'asks in vain for its user': (dice: Dice) => [
    untaken(dice, dice.pick(['permission', 'prepare']), 6),
    OPEN,
    ...insisting(dice),
    until('authorizing'),
    user('authorise on the page'),
    ...(dice.chance(0.5) ? [OPEN] : [bare('refresh')]),
    ...completion(dice),
  ],

  'is not taken and broken off': (dice: Dice) => [
    user('authorise'),
    untaken(dice, dice.pick(['create', 'query'])),
    ...(dice.chance(0.4) ? [strike({ call: 'create', fault: 'executed-then-cut' })] : []),
    atOnce(OPEN, inTurn(wait(dice.between(500, 6_000)), TERMINATE)),
    OPEN,
    ...insisting(dice),
    ...completion(dice),
  ],
};
