/** With what a front end opens WeChat's own pages: in a mini program, in H5 within WeChat, in an app (guide 3.2.3, 3.2.15). */
import { createHmac, randomBytes } from 'node:crypto';

/** One entry for each place that a user may come from; each is passed on as it is. */
export interface JumpParameters {
  /** For `wx.openBusinessView`. */
  readonly mini_program: {
    readonly businessType: string;
    readonly extraData: Readonly<Record<string, string>>;
  };
  /** For `wx.invoke('openBusinessView', …)` of the JSSDK. */
  readonly h5: { readonly businessType: string; readonly queryString: string };
  /** For a `WXOpenBusinessView` request of the OpenSDK. */
  readonly app: {
    readonly businessType: string;
    readonly query: string;
    readonly extInfo: string;
  };
}

/** The page on which a user authorises the service. The token lives for one hour, and nothing is signed. */
export function authorizationJump(apply_permissions_token: string): JumpParameters {
  return jumpOf('wxpayScoreEnable', { apply_permissions_token });
}

export interface OrderDetail {
  readonly mch_id: string;
  readonly service_id: string;
  readonly out_order_no: string;
}

/**
 * The page that shows a user an order, signed by HMAC-SHA256 with the merchant's APIv2 key, which is not the APIv3 key.
 *
 * @param apiV2Key 32 characters
 */
export function orderDetailJump(
  { mch_id, service_id, out_order_no }: OrderDetail,
  apiV2Key: string,
  now: Date,
  nonce_str = randomBytes(16).toString('hex'),
): JumpParameters {
  const fields = {
    mch_id,
    service_id,
    out_order_no,
    timestamp: String(Math.floor(now.getTime() / 1000)),
    nonce_str,
    sign_type: 'HMAC-SHA256',
  };
  return jumpOf('wxpayScoreDetail', { ...fields, sign: signatureOf(fields, apiV2Key) });
}

/** 安全规范 of APIv2: fields by name, joined raw, the key behind them; hex in upper case. */
function signatureOf(fields: Readonly<Record<string, string>>, apiV2Key: string): string {
  const pairs = Object.entries(fields)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`);
  const text = [...pairs, `key=${apiV2Key}`].join('&');
  return createHmac('sha256', apiV2Key).update(text).digest('hex').toUpperCase();
}

function jumpOf(businessType: string, extraData: Readonly<Record<string, string>>): JumpParameters {
  const query = Object.entries(extraData)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  return {
    mini_program: { businessType, extraData },
    h5: { businessType, queryString: query },
    app: { businessType, query, extInfo: JSON.stringify({ miniProgramType: 0 }) },
  };
}
