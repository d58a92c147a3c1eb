/** Calls about a user's authorization that are about no order; each activity wraps one signed call of WeChat Pay. */
import { failureOf } from './failure.ts';
import { readPermission } from './permission.ts';
import { read } from './reading.ts';
import {
  Agreement,
  Authorization,
  PreparedPermission,
  type Permission,
} from '../schemas/authorization.ts';
import type { AuthorizationKey, Preparation, Prepared, Termination } from '../schemas/one-shot.ts';
import type { Answer } from '../wechatpay/answer.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';

/** Guide 3.2.2. */
const TOKEN_LIFE_MS = 3_600_000;

export function createAuthorizationActivities(wechatpay: WechatpayClient) {
  const ask = async (key: AuthorizationKey): Promise<Authorization | Agreement> => {
    const { of, service_id, appid } = key;
    return 'openid' in of
      ? await readPermission(wechatpay, { ...of, service_id, appid })
      : await read(Agreement, wechatpay.getPermissionByAuthorizationCode({ ...of, service_id }));
  };

  const terminate = ({ of, service_id, appid, reason }: Termination): Promise<Answer> =>
    'openid' in of
      ? wechatpay.terminatePermissionByOpenid(of.openid, { service_id, appid, reason })
      : wechatpay.terminatePermissionByAuthorizationCode(of.authorization_code, {
          service_id,
          reason,
        });

  return {
    /** 查询与用户授权记录, for those who want to know everything. */
    async getAuthorization(key: AuthorizationKey): Promise<Authorization | Agreement> {
      return await ask(key);
    },

    /** The same, for those who need to know no more than whether it stands. */
    async getAuthorizationState(key: AuthorizationKey): Promise<Permission> {
      return { authorization_state: (await ask(key)).authorization_state };
    },

    /** 商户预授权 */
    async prepareAuthorization(preparation: Preparation): Promise<Prepared> {
      // Counted from before the call, so that nobody is told of more time than there is.
      const expires_at = new Date(Date.now() + TOKEN_LIFE_MS).toISOString();
      const prepared = await read(
        PreparedPermission,
        wechatpay.preparePermission({ ...preparation }),
      );
      return { ...prepared, expires_at };
    },

    /** 解除用户授权关系. Answered without a body. */
    async terminateAuthorization(termination: Termination): Promise<void> {
      await terminate(termination).catch((error: unknown) => {
        throw failureOf(error);
      });
    },
  };
}
