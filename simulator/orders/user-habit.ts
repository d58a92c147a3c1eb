/** What WeChat Pay knows about a user that merchants never learn: whether new orders pass, and whether charges succeed. */
import * as z from 'zod';
import type { Collection } from '../journal.ts';
import type { RefusalName } from '../transport/refusals.ts';
import { ChargeScript } from './charging.ts';

/** What a user's creations come to. */
const CREATIONS = {
  passes: undefined,
  /** 200 with CREATED, which in confirm-free mode is a failure. */
  stays_created: undefined,
  risk_refused: 'riskRefused',
  open_orders: 'openOrders',
  too_many_orders: 'tooManyOrders',
  overdue: 'overdue',
  teen_mode: 'teenMode',
  no_auth: 'noPermission',
  not_an_openid: 'notAnOpenid',
  too_frequent: 'tooFrequent',
} as const satisfies Record<string, RefusalName | undefined>;
export type Creation = keyof typeof CREATIONS;

export const HabitChange = z.strictObject({
  creation: z.enum(Object.keys(CREATIONS) as [Creation, ...Creation[]]).optional(),
  /** Written into every order that the user opens from now on; null for none. */
  charging: ChargeScript.nullable().optional(),
});
export type HabitChange = z.input<typeof HabitChange>;

export interface Habit {
  readonly creation: Creation;
  readonly charging: ChargeScript | null;
}

/** By openid. */
export type Habits = Collection<Habit>;

const ORDINARY: Habit = { creation: 'passes', charging: null };

export function habitOf(habits: Habits, openid: string): Habit {
  return habits.get(openid) ?? ORDINARY;
}

export function changeHabit(habits: Habits, openid: string, change: z.infer<typeof HabitChange>) {
  const before = habitOf(habits, openid);
  const { creation = before.creation, charging = before.charging } = change;
  habits.put(openid, { creation, charging });
}

export function refusalFor({ creation }: Habit): RefusalName | undefined {
  return CREATIONS[creation];
}
