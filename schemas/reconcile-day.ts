/** The request for a day's reconciliation. */
import { z } from 'zod';

export const ReconcileDay = z.strictObject({
  bill_date: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/, 'must be a day, yyyy-MM-dd')
    .describe(
      'The day in Beijing whose bill is meant, `yyyy-MM-dd`: before today, within three months.',
    ),
  again: z.boolean().describe('Also where the day has a report already.').optional(),
});
export type ReconcileDay = z.infer<typeof ReconcileDay>;
