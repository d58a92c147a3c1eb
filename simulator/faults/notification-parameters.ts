/** What some faults of notifications need to know. */
import * as z from 'zod';

const SEVEN_DAYS = 604_800;

export const NotificationFaultParameters = z.object({
  /** Business time: of a notification that comes late. */
  delay_seconds: z.number().min(0).max(SEVEN_DAYS).optional(),
  /** Which fields of the resource are missing. */
  fields: z.array(z.string()).min(1).optional(),
  /** The serial, or public key id, of the key that signs. */
  serial: z.string().optional(),
});
export type NotificationFaultParameters = z.infer<typeof NotificationFaultParameters>;
