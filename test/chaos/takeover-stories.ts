/** Stories of runs that somebody ends or takes back in Temporal's web UI, or whose result cannot be read: the order goes on. */
import type { Dice } from './dice.ts';
import {
  amount,
  atOnce,
  bare,
  cancel,
  complete,
  completion,
  inTurn,
  keyed,
  less,
  modify,
  onlyIf,
  OPEN,
  opened,
  paying,
  payment,
  READ,
  strike,
  TERMINATE,
  until,
  user,
  wait,
} from './moves.ts';
import type { Step } from './step.ts';

const RESET_SHARE = 0.4;
const broken = (dice: Dice): Step =>
  dice.chance(RESET_SHARE) ? { do: 'reset', share: dice.number() } : TERMINATE;

/** Business code repeats its opening, or somebody adopts. */
const takenUp = (dice: Dice): Step[] => [
  wait(dice.between(0, 2_000)),
  dice.chance(0.7) ? OPEN : bare('adopt'),
  ...(dice.chance(0.3) ? [OPEN] : []),
];
/** WeChat Pay does not answer at once then. */
const unheard = (dice: Dice): Step[] =>
  (['query', 'create'] as const)
    .filter(() => dice.chance(0.7))
    .map((call) =>
      strike({ call, fault: dice.pick(['cut', 'unsigned-502']), times: dice.between(2, 5) }),
    );
const brokenAndTakenUp = (dice: Dice): Step[] => [...unheard(dice), broken(dice), ...takenUp(dice)];

/** Sent in vain, or with an answer that is lost, until it is taken. */
const doubtful = (dice: Dice, call: 'create' | 'complete' | 'modify' | 'cancel' | 'sync'): Step =>
  dice.pick([
    strike({ call, fault: 'cut', times: dice.between(1, 4) }),
    strike({ call, fault: 'unsigned-502', times: dice.between(1, 4) }),
    strike({ call, fault: 'executed-then-cut', times: dice.between(1, 2) }),
    strike({ call, fault: 'executed-late', delay_seconds: dice.between(2, 60) }),
  ]);

/** One of those that may be asked for while WeChat Pay is charging. */
function change(dice: Dice, total: number) {
  const how = keyed(dice);
  const left = dice.chance(0.5) ? ({ ...how, mode: 'left' } as const) : how;
  return dice.pick([
    { call: 'modify', step: modify(dice, less(dice, total), left) },
    { call: 'cancel', step: cancel(dice, left) },
    { call: 'sync', step: bare('sync', left) },
  ] as const);
}

export const TAKEN_OVER = {
  'broken off while it is created': (dice: Dice) => [
    user('authorise'),
    ...(dice.chance(0.8) ? [doubtful(dice, 'create')] : []),
    atOnce(OPEN, inTurn(wait(dice.between(0, 2_500)), ...brokenAndTakenUp(dice))),
    OPEN,
    ...completion(dice),
  ],

  'broken off while it waits for its user': (dice: Dice) => [
    OPEN,
    wait(dice.between(0, 3_000)),
    broken(dice),
    ...(dice.chance(0.2) ? [bare('adopt')] : []),
    OPEN,
    until('authorizing'),
    user('authorise on the page'),
    ...completion(dice),
  ],

  /** Its time to be created may be over; that it is there counts for more. */
  'broken off in service': (dice: Dice) => [
    ...opened(dice),
    until('in_service'),
    wait(dice.between(0, 12_000)),
    ...brokenAndTakenUp(dice),
    ...completion(dice),
  ],

  'broken off while it is completed': (dice: Dice) => {
    const end = complete(dice, amount(dice), keyed(dice));
    return [
      ...opened(dice),
      until('in_service'),
      wait(dice.between(2_000, 4_000)),
      doubtful(dice, 'complete'),
      atOnce(end, inTurn(wait(dice.between(0, 2_000)), ...brokenAndTakenUp(dice))),
      ...(dice.chance(0.7) ? [end] : []),
    ];
  },

  'broken off while it is paid': (dice: Dice) => {
    const total = amount(dice);
    const end = keyed(dice);
    const { call, step } = change(dice, total);
    return [
      ...paying(dice, total, end),
      ...(dice.chance(0.3) ? brokenAndTakenUp(dice) : []),
      doubtful(dice, call),
      atOnce(step, inTurn(wait(dice.between(0, 1_500)), ...brokenAndTakenUp(dice))),
      ...(dice.chance(0.5) ? [step] : []),
      complete(dice, total, end),
      payment(dice),
    ];
  },

  /** Promised, and nobody was left to carry it out. */
  'broken off with a promise and paid': (dice: Dice) => {
    const total = amount(dice);
    const [end, first] = [keyed(dice), keyed(dice)];
    const promise = cancel(dice, { ...first, mode: 'left' });
    return [
      ...paying(dice, total, end),
      // Otherwise nobody pays, and nothing tells of an order whose run was ended.
      onlyIf('paying'),
      { do: 'charging window', seconds: 60 } as const,
      promise,
      TERMINATE,
      payment(dice),
      wait(dice.between(0, 3_000)),
      ...(dice.chance(0.6) ? takenUp(dice) : []),
      until('paid'),
      ...(dice.chance(0.5) ? [promise] : []),
      complete(dice, total, end),
    ];
  },

  /** Its result is there, and the API cannot have it: what it owes is not forgotten for that. */
  'owes and is adopted in the dark': (dice: Dice) => {
    // Some have just been told that there is a result, and ask for it.
    const adoptions = Array.from({ length: 8 }, (_, index) =>
      inTurn(wait(4 * index), bare('adopt')),
    );
    const inTheDark = Array.from({ length: 4 }, () => [
      atOnce(
        ...adoptions,
        inTurn(wait(dice.between(5, 40)), { do: 'cut off', ms: dice.pick([0, 0, 0, 300, 2_500]) }),
      ),
      READ,
    ]);
    return [
      ...paying(dice, amount(dice)),
      { do: 'charging window', seconds: 20 } as const,
      atOnce(cancel(dice, keyed(dice)), inTurn(wait(1_500), payment(dice))),
      until('paid'),
      ...inTheDark.flat(),
      until('paid'),
    ];
  },
};
