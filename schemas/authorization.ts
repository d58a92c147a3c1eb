/** What WeChat says about a user's authorization of the service (查询与用户授权记录). */
import { z } from 'zod';

export const Permission = z.object({
  /** `AVAILABLE`: authorised. `UNAVAILABLE`: not, or no longer. `UNBINDUSER`: prepared, not yet bound to a user. */
  authorization_state: z.string(),
});
export type Permission = z.infer<typeof Permission>;
