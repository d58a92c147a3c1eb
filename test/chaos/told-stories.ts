/** Stories of messages that WeChat Pay has signed, and that are late, say too little, or contradict each other or the truth. */
import type { Dice } from './dice.ts';
import {
  amount,
  complete,
  completion,
  OPEN,
  payment,
  READ,
  served,
  strike,
  UNPAID,
  until,
  user,
  wait,
} from './moves.ts';
import type { Step } from './step.ts';

const announce = (change: Readonly<Record<string, unknown>>): Step => ({ do: 'announce', change });

const collected = (state: 'USER_PAYING' | 'USER_PAID', total_amount: number) => ({
  state,
  total_amount,
  paying_amount: state === 'USER_PAYING' ? total_amount : 0,
  paid_amount: state === 'USER_PAID' ? total_amount : 0,
});

/** Of an order that is over it says that it goes on. */
const older = (dice: Dice): Step =>
  announce(
    dice.pick([
      { state: 'DOING', state_description: 'USER_CONFIRM', collection: null },
      {
        state: 'DOING',
        state_description: 'MCH_COMPLETE',
        collection: collected('USER_PAYING', amount(dice)),
      },
      { state: 'DOING', state_description: 'MCH_COMPLETE' },
      { collection: collected('USER_PAYING', amount(dice)) },
    ]),
  );

/** Whatever it says, WeChat Pay must be asked. */
export const contradiction = (dice: Dice): Step =>
  announce(
    dice.pick([
      { state: 'DOING', collection: collected('USER_PAID', amount(dice)) },
      { state: 'DONE', state_description: null, collection: collected('USER_PAYING', 1) },
      { total_amount: amount(dice) },
      { openid: null },
    ]),
  );

/** Neither is believed nor makes anything stand still, whenever it comes. */
export const lie = (dice: Dice): Step =>
  dice.pick([
    older(dice),
    contradiction(dice),
    contradiction(dice),
    announce({ collection: null }),
  ]);

/** WeChat Pay is asked in vain for a while. */
export const unaskable = (dice: Dice): Step =>
  dice.pick([
    strike({ call: 'query', fault: 'cut', times: dice.between(1, 4) }),
    strike({ call: 'query', fault: 'refused', refusal: 'signature', times: dice.between(1, 2) }),
    strike({ call: 'query', fault: 'refused', refusal: 'noPermission', times: dice.between(1, 2) }),
    strike({ call: 'query', fault: 'abnormal', times: dice.between(1, 3) }),
  ]);

const sometimes = (dice: Dice, ...steps: Step[]): Step[] => (dice.chance(0.6) ? steps : []);

export const TOLD = {
  'is told lies': (dice: Dice) => [
    user('authorise'),
    UNPAID,
    OPEN,
    until('in_service'),
    ...sometimes(dice, unaskable(dice)),
    ...sometimes(dice, lie(dice), READ),
    served(dice),
    complete(dice, amount(dice)),
    until('paying'),
    ...sometimes(dice, unaskable(dice)),
    ...sometimes(dice, lie(dice), lie(dice), READ),
    payment(dice),
    ...sometimes(dice, lie(dice)),
    until('paid'),
    ...sometimes(dice, lie(dice), READ),
  ],

  /** What has ended stays so. */
  'is told after the end': (dice: Dice) => [
    user('authorise'),
    { do: 'behaviour', behaviour: { charging: { failures: 0, interval_seconds: 1 } } } as const,
    OPEN,
    ...completion(dice),
    until('paid'),
    ...sometimes(dice, unaskable(dice)),
    older(dice),
    READ,
    wait(dice.between(300, 1_500)),
    READ,
    ...sometimes(dice, lie(dice), READ),
    wait(dice.between(1_000, 4_000)),
    READ,
  ],
};
