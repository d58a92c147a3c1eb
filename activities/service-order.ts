/** Calls about one service order; each activity wraps one signed call of WeChat Pay. */
import { read, readServiceOrder } from './reading.ts';
import type { JsonBody } from '../payscore/request-body.ts';
import { Permission } from '../schemas/authorization.ts';
import { ServiceOrder } from '../schemas/service-order.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';
import type { ServiceOrderKey } from '../wechatpay/service-orders.ts';

export interface User {
  readonly openid: string;
  readonly service_id: string;
  readonly appid: string;
}

export function createServiceOrderActivities(wechatpay: WechatpayClient) {
  return {
    /** 查询与用户授权记录(openid) */
    async getPermission(user: User): Promise<Permission> {
      return await read(Permission, wechatpay.getPermissionByOpenid(user));
    },

    /** 创建支付分订单 */
    async createServiceOrder(body: JsonBody): Promise<ServiceOrder> {
      return await read(ServiceOrder, wechatpay.createServiceOrder(body));
    },

    /** 完结支付分订单 */
    async completeServiceOrder(out_order_no: string, body: JsonBody): Promise<ServiceOrder> {
      return await read(ServiceOrder, wechatpay.completeServiceOrder(out_order_no, body));
    },

    /** 查询支付分订单; null when WeChat is proven not to know the number. */
    async getServiceOrder(key: ServiceOrderKey): Promise<ServiceOrder | null> {
      return await readServiceOrder(wechatpay, key);
    },
  };
}
