/** The request for a day's reconciliation. */
import { z } from 'zod';

export const ReconcileDay = z.strictObject({
  /** The day in Beijing whose bill is meant. */
  bill_date: z.string().regex(/^\d{4}-\d\d-\d\d$/, 'must be a day, yyyy-MM-dd'),
  /** Also where the day has a report already. */
  again: z.boolean().optional(),
});
export type ReconcileDay = z.infer<typeof ReconcileDay>;
