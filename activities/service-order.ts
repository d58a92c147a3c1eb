/** Calls about one service order; each activity wraps one signed call of WeChat Pay. */
import { ApplicationFailure } from '@temporalio/common';
import { read, readServiceOrder } from './reading.ts';
import type { FailureType } from '../payscore/failure.ts';
import type { JsonBody } from '../payscore/request-body.ts';
import { Permission, PreparedPermission } from '../schemas/authorization.ts';
import { CancelledServiceOrder, ServiceOrder } from '../schemas/service-order.ts';
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

    /** 商户预授权 */
    async preparePermission(body: JsonBody): Promise<PreparedPermission> {
      return await read(PreparedPermission, wechatpay.preparePermission(body));
    },

    /** 创建支付分订单 */
    async createServiceOrder(body: JsonBody, sendBefore?: string): Promise<ServiceOrder> {
      refuseWhenLate(sendBefore);
      return await read(ServiceOrder, wechatpay.createServiceOrder(body));
    },

    /** 完结支付分订单 */
    async completeServiceOrder(
      out_order_no: string,
      body: JsonBody,
      sendBefore?: string,
    ): Promise<ServiceOrder> {
      refuseWhenLate(sendBefore);
      return await read(ServiceOrder, wechatpay.completeServiceOrder(out_order_no, body));
    },

    /** 修改订单金额 */
    async modifyServiceOrder(
      out_order_no: string,
      body: JsonBody,
      sendBefore?: string,
    ): Promise<ServiceOrder> {
      refuseWhenLate(sendBefore);
      return await read(ServiceOrder, wechatpay.modifyServiceOrder(out_order_no, body));
    },

    /** 取消支付分订单. The answer says which order it was, not where it stands. */
    async cancelServiceOrder(
      out_order_no: string,
      body: JsonBody,
      sendBefore?: string,
    ): Promise<undefined> {
      refuseWhenLate(sendBefore);
      await read(CancelledServiceOrder, wechatpay.cancelServiceOrder(out_order_no, body));
    },

    /** 同步服务订单信息 */
    async syncServiceOrder(
      out_order_no: string,
      body: JsonBody,
      sendBefore?: string,
    ): Promise<ServiceOrder> {
      refuseWhenLate(sendBefore);
      return await read(ServiceOrder, wechatpay.syncServiceOrder(out_order_no, body));
    },

    /** 查询支付分订单; null when WeChat is proven not to know the number. */
    async getServiceOrder(key: ServiceOrderKey): Promise<ServiceOrder | null> {
      return await readServiceOrder(wechatpay, key);
    },
  };
}

/** The order has given this attempt up: sent now, it could arrive after its outcome was believed to be proven. */
function refuseWhenLate(sendBefore: string | undefined): void {
  if (sendBefore === undefined || Date.now() <= Date.parse(sendBefore)) return;
  throw ApplicationFailure.create({
    type: 'NotSent' satisfies FailureType,
    message: 'not sent: a worker had it in hand too late',
  });
}
