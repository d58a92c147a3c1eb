/** What stories are made of. */
import type { Dice } from './dice.ts';
import type { ChargingRefusal } from '../../simulator/orders/charge-script.ts';
import type { Manner, Operation, PlannedStrike, Request, Step, UserAct } from './step.ts';

export const OPEN: Step = { do: 'open' };
export const READ: Step = { do: 'read' };
export const TERMINATE: Step = { do: 'terminate' };
export const wait = (ms: number): Step => ({ do: 'wait', ms });
export const user = (act: UserAct): Step => ({ do: 'user', act });
export const chargeWindow = (seconds: number, refusal?: ChargingRefusal): Step => ({
  do: 'charging window',
  seconds,
  ...(refusal && { refusal }),
});
export const strike = (fault: PlannedStrike): Step => ({ do: 'strike', fault });
export const atOnce = (...steps: Step[]): Step => ({ do: 'at once', steps });
export const inTurn = (...steps: Step[]): Step => ({ do: 'in turn', steps });
export const until = (...phases: string[]): Step => ({ do: 'await', phases, ms: 40_000 });
export const onlyIf = (phase: string): Step => ({ do: 'only if', phase });

/** A user who has authorised, pays as it comes, and an order that is opened once or again and again. */
export function opened(dice: Dice): Step[] {
  const again = Array.from({ length: dice.pick([0, 0, 1, 2]) }, () => OPEN);
  return [
    user('authorise'),
    { do: 'behaviour', behaviour: { charging: charging(dice) } },
    ...(dice.chance(0.3) ? [atOnce(OPEN, ...again)] : [OPEN, ...again]),
    ...(dice.chance(0.15) ? [{ do: 'open', body: 'other' } as const] : []),
  ];
}

/** How WeChat Pay's charges go: at once, after failures, much later, never. */
function charging(dice: Dice) {
  const failures = dice.pick([0, 0, 1, 3, 'always'] as const);
  const interval_seconds = dice.pick([1, 2, 5, 15]);
  const charging_seconds = interval_seconds > 2 && dice.chance(0.4) ? interval_seconds - 2 : 0;
  return { failures, interval_seconds, charging_seconds };
}

/** Nobody pays by himself. */
export const UNPAID: Step = {
  do: 'behaviour',
  behaviour: { charging: { failures: 'always', interval_seconds: 5 } },
};

/** Completed, until somebody presses pay. */
export function unpaid(dice: Dice, total: number, how = manner(dice)): Step[] {
  const [authorise, , ...opening] = opened(dice);
  return [authorise!, UNPAID, ...opening, served(dice), complete(dice, total, how)];
}

/** The same, as the order tells it. */
export const paying = (dice: Dice, total: number, how = manner(dice)): Step[] => [
  ...unpaid(dice, total, how),
  until('paying'),
];

/** The service is used: now and then for too short a time to be completed at once. */
export const served = (dice: Dice): Step => wait(dice.chance(0.2) ? 0 : dice.between(2_000, 5_000));

/** As soon as the order exists. */
export const completion = (dice: Dice): Step[] => [
  until('in_service'),
  served(dice),
  complete(dice, amount(dice)),
];

export const amount = (dice: Dice): number => dice.between(100, 20_000);

/** A key that no other request of the order has. */
export const keyed = (dice: Dice): Manner => ({ key: `k${dice.hex(10)}` });

/** With a key of its own, without one, or without waiting for the answer. */
export function manner(dice: Dice): Manner {
  const key = dice.chance(0.75) ? keyed(dice) : {};
  return dice.chance(0.2) ? { ...key, mode: 'left' } : key;
}

export const ask = (request: Request, how: Manner): Step => ({ do: 'ask', request, manner: how });

export const complete = (dice: Dice, total: number, how = manner(dice)) =>
  ask({ operation: 'complete', amount: total }, how);
export const modify = (dice: Dice, total: number, how = manner(dice)) =>
  ask({ operation: 'modify', amount: total }, how);
export const cancel = (dice: Dice, how = manner(dice)) =>
  ask({ operation: 'cancel', reason: `不再需要${dice.between(1, 9)}` }, how);
export const bare = (
  operation: Extract<Operation, 'sync' | 'refresh' | 'adopt'>,
  how: Manner = {},
) => ask({ operation }, how);

/** The user pays on the order's page, or WeChat Pay charges; now and then a coupon pays for him, or for some of it. */
export function payment(dice: Dice): Step {
  const by = dice.pick(['charge', 'page'] as const);
  return {
    do: 'pay',
    parts: [dice.chance(0.3) ? { by, coupon: dice.pick([0.1, 0.5, 1]) } : { by }],
  };
}

/** Lower than before. */
export const less = (dice: Dice, than: number) => dice.between(1, than - 1);
