/** Whether the user of an order has authorised under the code that the order was prepared with, and so waits for this order. */
import { isOfType } from './polling.ts';
import { readPermission } from './permission.ts';
import { read } from './reading.ts';
import { Agreement } from '../schemas/authorization.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';

export interface AgreementKey {
  /** The order's own number. */
  readonly authorization_code: string;
  readonly openid: string;
  readonly service_id: string;
  readonly appid: string;
}

/** No more than orders need to know. */
export interface AgreementTold {
  readonly authorization_state: string;
  /** RFC 3339, as WeChat says it. */
  readonly authorization_success_time?: string | undefined;
  /** When WeChat last said no, of a poll; RFC 3339. */
  readonly saidNoAt?: string | undefined;
}

const NOT_AUTHORISED: AgreementTold = { authorization_state: 'UNAVAILABLE' };

/**
 * `AVAILABLE` only for the order's own user. Where WeChat does not say whose the agreement is, it is asked for the user as
 * well; a code that it does not know is nobody's.
 */
export async function askAgreement(
  wechatpay: WechatpayClient,
  { authorization_code, openid, service_id, appid }: AgreementKey,
): Promise<AgreementTold> {
  const agreement = await read(
    Agreement,
    wechatpay.getPermissionByAuthorizationCode({ authorization_code, service_id }),
  ).catch(nobodys);
  if (agreement?.authorization_state !== 'AVAILABLE')
    return agreement ? toldOf(agreement) : NOT_AUTHORISED;
  if (agreement.openid === openid) return toldOf(agreement);
  if (agreement.openid !== undefined) return NOT_AUTHORISED;
  const user = await readPermission(wechatpay, { openid, service_id, appid });
  return user.authorization_state === 'AVAILABLE' ? toldOf(agreement) : toldOf(user);
}

export function toldOf(said: AgreementTold): AgreementTold {
  const { authorization_state, authorization_success_time } = said;
  return {
    authorization_state,
    ...(authorization_success_time !== undefined && { authorization_success_time }),
  };
}

function nobodys(error: unknown): undefined {
  if (!isOfType(error, 'NotFound')) throw error;
}
