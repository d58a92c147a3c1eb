/** Faults: planned, left to chance, and how often they have struck. */
import type { Fault } from '../faults/answer-faults.ts';
import type { NotificationFault } from '../faults/notification-faults.ts';
import type { RandomSetting } from '../faults/random.ts';
import type { PlannedNotificationFault } from '../notifications/faults.ts';
import type { LateExecution, PlannedFault } from '../transport/faults.ts';
import type { Call } from './call.ts';

export interface ToldFaults {
  readonly faults: PlannedFault[];
  readonly notification_faults: PlannedNotificationFault[];
  /** With the seed; null where nothing is left to chance. */
  readonly random: RandomSetting | null;
  /** How often each fault has struck; what has not is absent. */
  readonly injected: {
    readonly calls: Partial<Record<Fault, number>>;
    readonly notifications: Partial<Record<NotificationFault, number>>;
  };
  readonly late: LateExecution[];
}

/** What has a default may be left out. */
type WithTimes<F> = Omit<F, 'times'> & { readonly times?: number };

export function faults(call: Call) {
  return {
    planFault: (fault: WithTimes<PlannedFault>) => call<ToldFaults>('POST', '/faults', fault),
    planNotificationFault: (fault: WithTimes<PlannedNotificationFault>) =>
      call<ToldFaults>('POST', '/faults/notifications', fault),
    /** From a seed, which the answer names. */
    randomFaults: (setting: Partial<RandomSetting> & Pick<RandomSetting, 'rate'>) =>
      call<ToldFaults>('POST', '/faults/random', setting),
    endRandomFaults: () => call<ToldFaults>('DELETE', '/faults/random'),
    faults: () => call<ToldFaults>('GET', '/faults'),
    clearFaults: () => call<ToldFaults>('DELETE', '/faults'),
  };
}
