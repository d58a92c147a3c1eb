/** WeChat Pay Score's calls, one function each. Answers are verified JSON; reading their fields is the caller's. */
import { InvalidParameterError } from './errors.ts';
import type { JsonObject } from './json.ts';
import { createTransport, type Answer, type TransportOptions } from './transport.ts';

export interface ServiceOrderKey {
  readonly out_order_no: string;
  readonly service_id: string;
  readonly appid: string;
}

export interface WechatpayClient {
  /** 查询与用户授权记录(openid), guide 3.2.1. */
  getPermissionByOpenid(user: {
    openid: string;
    service_id: string;
    appid: string;
  }): Promise<Answer>;
  /** 创建支付分订单, guide 3.2.5. Only `state` DOING means that the order exists. */
  createServiceOrder(body: JsonObject): Promise<Answer>;
  /** 查询支付分订单, guide 3.2.10. */
  getServiceOrder(key: ServiceOrderKey): Promise<Answer>;
  /** 完结支付分订单, guide 3.2.6. A success starts the charge; it is not the payment. */
  completeServiceOrder(out_order_no: string, body: JsonObject): Promise<Answer>;
  close(): Promise<void>;
}

/**
 * Every call throws what {@link createTransport}'s `send` throws,
 * and {@link InvalidParameterError} before anything is sent.
 */
export function createClient(options: TransportOptions): WechatpayClient {
  const { send, close } = createTransport(options);
  return {
    async getPermissionByOpenid({ openid, ...query }) {
      const path = `/v3/payscore/permissions/openid/${pathParameter('openid', openid)}`;
      return await send({ method: 'GET', target: `${path}?${queryOf(query)}` });
    },
    createServiceOrder(body) {
      return send({ method: 'POST', target: '/v3/payscore/serviceorder', body });
    },
    getServiceOrder({ out_order_no, service_id, appid }) {
      const query = queryOf({ service_id, out_order_no, appid });
      return send({ method: 'GET', target: `/v3/payscore/serviceorder?${query}` });
    },
    async completeServiceOrder(out_order_no, body) {
      const number = pathParameter('out_order_no', out_order_no);
      return await send({
        method: 'POST',
        target: `/v3/payscore/serviceorder/${number}/complete`,
        body,
      });
    },
    close,
  };
}

/** A number such as `../cancel` would rewrite the path that we sign: the alphabet is checked, then encoded. */
function pathParameter(name: string, value: string): string {
  if (!/^[0-9A-Za-z_\-|*]{1,128}$/.test(value)) {
    throw new InvalidParameterError(`${name} has characters outside 0-9 A-Z a-z _ - | *`);
  }
  return encodeURIComponent(value);
}

function queryOf(parameters: Record<string, string>): string {
  return new URLSearchParams(parameters).toString();
}
