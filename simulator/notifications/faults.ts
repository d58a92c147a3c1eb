/** Which fault strikes a scheduled send of a notification: a planned one, else one by chance. */
import * as z from 'zod';
import { NotificationFault } from '../faults/notification-faults.ts';
import { NotificationFaultParameters } from '../faults/notification-parameters.ts';
import { createPlan, type Plan } from '../faults/plan.ts';
import type { RandomFaults } from '../faults/random.ts';
import type { Tally } from '../faults/tally.ts';
import type { Journal } from '../journal.ts';
import type { Notification } from './notification.ts';

const NEEDED = { 'fields-missing': 'fields', 'signed-by': 'serial' } as const;

export const PlannedNotificationFault = z
  .object({
    fault: NotificationFault,
    /** Default: any event. */
    event_type: z.string().optional(),
    /** Default: any order, or none. */
    out_order_no: z.string().optional(),
    /** Default: any refund, or none. */
    out_refund_no: z.string().optional(),
    /** How many sends it befalls. */
    times: z.int().min(1).default(1),
    ...NotificationFaultParameters.shape,
  })
  .superRefine((planned, context) => {
    for (const [fault, parameter] of Object.entries(NEEDED)) {
      if (planned.fault !== fault || planned[parameter] !== undefined) continue;
      context.addIssue({ code: 'custom', path: [parameter], message: `${fault} needs it` });
    }
  });
export type PlannedNotificationFault = z.infer<typeof PlannedNotificationFault>;

export interface StruckNotification extends NotificationFaultParameters {
  readonly fault: NotificationFault;
}

export interface NotificationFaults {
  readonly planned: Plan<PlannedNotificationFault>;
  take(notification: Notification): StruckNotification | undefined;
}

export interface NotificationFaultsParts {
  readonly journal: Journal;
  readonly random: Pick<RandomFaults, 'ofNotification'>;
  readonly tally: Pick<Tally, 'count'>;
}

export function createNotificationFaults(parts: NotificationFaultsParts): NotificationFaults {
  const { journal, random, tally } = parts;
  const planned = createPlan(
    journal.collection<readonly PlannedNotificationFault[]>('planned-notification-fault'),
  );

  return {
    planned,
    take({ event_type, out_order_no, out_refund_no, attempts }) {
      const wasProbed = attempts.some(({ fault }) => fault === 'signtest');
      const fits = (it: PlannedNotificationFault) =>
        (it.event_type ?? event_type) === event_type &&
        (it.out_order_no ?? out_order_no) === out_order_no &&
        (it.out_refund_no ?? out_refund_no) === out_refund_no &&
        !(it.fault === 'signtest' && wasProbed); // what comes after a probe is true (docs/wechatpay-facts.md#signature-probes)
      const struck = planned.take(fits) ?? random.ofNotification();
      if (struck === undefined || (struck.fault === 'signtest' && wasProbed)) return undefined;
      tally.count(struck.fault);
      return struck;
    },
  };
}
