/** What a person says who answers for a finding of a day's reconciliation. */
import { z } from 'zod';

export const AcknowledgeFinding = z.strictObject({
  /** Of the person; a key of the API may be many people's. */
  name: z.string().trim().min(1, 'must not be empty').max(64),
  reason: z.string().trim().min(1, 'must not be empty').max(500),
});
export type AcknowledgeFinding = z.infer<typeof AcknowledgeFinding>;
