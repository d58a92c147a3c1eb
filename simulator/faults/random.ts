/** Faults by chance: from a seed, so that the same order of calls meets the same faults again. */
import * as z from 'zod';
import type { Collection } from '../journal.ts';
import { Call } from '../transport/call.ts';
import { FAULTS_BY_DEFAULT, RandomFault, type Fault } from './answer-faults.ts';
import { draw, LARGEST_SEED, newSeed } from './generator.ts';
import {
  NOTIFICATION_FAULTS_BY_DEFAULT,
  RandomNotificationFault,
  type NotificationFault,
} from './notification-faults.ts';

export const RandomSetting = z.object({
  seed: z.int().min(0).max(LARGEST_SEED).default(newSeed),
  /** The share of calls that is struck. */
  rate: z.number().min(0).max(1),
  faults: z.array(RandomFault).min(1).default(FAULTS_BY_DEFAULT),
  /** Default: all. */
  calls: z.array(Call).min(1).optional(),
  /** Of sends of notifications. */
  notification_rate: z.number().min(0).max(1).default(0),
  notification_faults: z
    .array(RandomNotificationFault)
    .min(1)
    .default(NOTIFICATION_FAULTS_BY_DEFAULT),
  max_delay_seconds: z.number().min(0).max(300).default(5),
});
export type RandomSetting = z.infer<typeof RandomSetting>;

/** Notifications draw from a sequence of their own: when they are sent is nobody's decision. */
export interface RandomState {
  readonly setting: RandomSetting;
  readonly calls: number;
  readonly notifications: number;
}

export interface Drawn<F> {
  readonly fault: F;
  readonly delay_seconds: number;
}

export interface RandomFaults {
  start(setting: RandomSetting): void;
  end(): void;
  setting(): RandomSetting | undefined;
  ofCall(call: Call): Drawn<Fault> | undefined;
  ofNotification(): Drawn<NotificationFault> | undefined;
}

export function createRandomFaults(states: Collection<RandomState | null>): RandomFaults {
  const current = () => states.get('current') ?? undefined;

  /** Three numbers for every chance, whatever comes of it: a setting's rate does not shift what follows. */
  function chance<F>(
    state: RandomState,
    sequence: 'calls' | 'notifications',
    rate: number,
    faults: readonly F[],
  ): Drawn<F> | undefined {
    const { numbers, state: next } = draw(3, state[sequence]);
    states.put('current', { ...state, [sequence]: next });
    const [hit = 1, which = 0, delay = 0] = numbers;
    const fault = faults[Math.floor(which * faults.length)];
    if (hit >= rate || fault === undefined) return undefined;
    return { fault, delay_seconds: delay * state.setting.max_delay_seconds };
  }

  return {
    start: (setting) =>
      states.put('current', { setting, calls: setting.seed, notifications: ~setting.seed >>> 0 }),
    end: () => states.put('current', null),
    setting: () => current()?.setting,
    ofCall(call) {
      const state = current();
      if (state === undefined) return undefined;
      const { rate, faults, calls } = state.setting;
      if (calls !== undefined && !calls.includes(call)) return undefined;
      return chance(state, 'calls', rate, faults);
    },
    ofNotification() {
      const state = current();
      if (state === undefined || state.setting.notification_rate === 0) return undefined;
      const { notification_rate, notification_faults } = state.setting;
      return chance(state, 'notifications', notification_rate, notification_faults);
    },
  };
}
