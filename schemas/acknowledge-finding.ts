/** What a person says who answers for a finding of a day's reconciliation. */
import { z } from 'zod';

export const AcknowledgeFinding = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(64)
    .describe('Of the person who answers for it; a key of the API may be many people’s.'),
  reason: z.string().trim().min(1, 'must not be empty').max(500).describe('Why it is in order.'),
});
export type AcknowledgeFinding = z.infer<typeof AcknowledgeFinding>;
