/** Looks, ever more rarely, whether a user has authorised the service: a callback may never come. */
import { isFirstAttempt, isMisconfigured, later } from './polling.ts';
import { read } from './reading.ts';
import type { User } from './service-order.ts';
import { Permission } from '../schemas/authorization.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';

const MINUTE_MS = 60_000;
/** Between the first attempts, then hourly. */
const DELAYS_MS = [1, 5, 15, 30].map((minutes) => minutes * MINUTE_MS);

export interface AuthorizationPoll {
  readonly wechatpay: WechatpayClient;
  readonly delaysMs?: readonly number[] | undefined;
}

export function createAuthorizationPollActivities({
  wechatpay,
  delaysMs = DELAYS_MS,
}: AuthorizationPoll) {
  const delays = { delaysMs, longestMs: 60 * MINUTE_MS };
  return {
    /** Returns when WeChat says that the permission is `AVAILABLE`. */
    async awaitAuthorization(user: User): Promise<Permission> {
      if (isFirstAttempt()) throw later('the user has been invited', delays);
      const permission = await read(Permission, wechatpay.getPermissionByOpenid(user)).catch(
        (error: unknown) => {
          if (isMisconfigured(error)) throw error;
          throw later(error instanceof Error ? error.message : 'no answer', delays);
        },
      );
      if (permission.authorization_state === 'AVAILABLE') return permission;
      throw later(`not authorised: ${permission.authorization_state}`, delays);
    },
  };
}
