/** What WeChat says about a user's authorization of the service (查询与用户授权记录, 商户预授权). */
import { z } from 'zod';

export const Permission = z.object({
  /** `AVAILABLE`: authorised. `UNAVAILABLE`: not, or no longer. `UNBINDUSER`: prepared, not yet bound to a user. */
  authorization_state: z.string(),
});
export type Permission = z.infer<typeof Permission>;

export const Invitation = z.object({
  /** For the jump to WeChat's page of authorization; lives for one hour. */
  apply_permissions_token: z.string().min(1).max(2_048),
});
export type Invitation = z.infer<typeof Invitation>;
