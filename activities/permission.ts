/** Whether a user has authorised the service, as WeChat says it to whoever asks by openid. */
import { isOfType } from './polling.ts';
import { read } from './reading.ts';
import { Authorization } from '../schemas/authorization.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';

export interface User {
  readonly openid: string;
  readonly service_id: string;
  readonly appid: string;
}

const NOT_AUTHORISED = Authorization.parse({ authorization_state: 'UNAVAILABLE' });

/**
 * 查询与用户授权记录(openid). A user who has never authorised is answered 404 `ORDER_NOT_EXIST`, one who has ended that 200
 * `UNAVAILABLE` (免确认模式, 常见问题): to whoever asks it is the same.
 */
export async function readPermission(
  wechatpay: WechatpayClient,
  { openid, service_id, appid }: User,
): Promise<Authorization> {
  const user = { openid, service_id, appid };
  return await read(Authorization, wechatpay.getPermissionByOpenid(user)).catch(
    (error: unknown) => {
      if (isOfType(error, 'NotFound')) return NOT_AUTHORISED;
      throw error;
    },
  );
}
