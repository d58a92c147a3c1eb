/** Calls about one service order; each activity wraps one signed call of WeChat Pay. */
import { readPermission, type User } from './permission.ts';
import { read, readServiceOrder } from './reading.ts';
import { sentBefore, type Clock } from './sending.ts';
import type { JsonBody } from '../payscore/order/operation.ts';
import { askAgreement, toldOf, type AgreementKey, type AgreementTold } from './agreement.ts';
import { DEFAULT_POLL_DELAYS_MS, pollDelay } from '../payscore/times/poll-delay.ts';
import { CancelledServiceOrder, ServiceOrder } from '../schemas/service-order.ts';
import type { z } from 'zod';
import type { Answer } from '../wechatpay/answer.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';
import type { SendBy } from '../wechatpay/exchange.ts';
import type { ServiceOrderKey } from '../wechatpay/service-orders.ts';

/** WeChat's yes to a completion, and what only a worker knows: it is set to look whether WeChat has charged after so long. */
export interface Completed {
  readonly serviceOrder: ServiceOrder;
  readonly firstLookMs: number;
}

export function createServiceOrderActivities(
  wechatpay: WechatpayClient,
  clock: Clock = { now: () => new Date(), difference: () => '' },
  delaysMs: readonly number[] = DEFAULT_POLL_DELAYS_MS,
) {
  const sent = async <T>(
    schema: z.ZodType<T>,
    sendBefore: string | undefined,
    call: (by: SendBy | undefined) => Promise<Answer>,
  ): Promise<T> => await sentBefore(clock, sendBefore, (by) => read(schema, call(by)));

  // `_traceparent` is for the worker's spans.
  return {
    /** 查询与用户授权记录(openid) */
    async getPermission(user: User, _traceparent?: string): Promise<AgreementTold> {
      return toldOf(await readPermission(wechatpay, user));
    },

    /** 查询与用户授权记录(授权协议号), of the agreement that an order was prepared with. */
    async getAgreement(key: AgreementKey): Promise<AgreementTold> {
      return await askAgreement(wechatpay, key);
    },

    /** 创建支付分订单 */
    async createServiceOrder(
      body: JsonBody,
      sendBefore?: string,
      _traceparent?: string,
    ): Promise<ServiceOrder> {
      return await sent(ServiceOrder, sendBefore, (by) => wechatpay.createServiceOrder(body, by));
    },

    /** 完结支付分订单 */
    async completeServiceOrder(
      out_order_no: string,
      body: JsonBody,
      sendBefore?: string,
      _traceparent?: string,
    ): Promise<Completed> {
      const serviceOrder = await sent(ServiceOrder, sendBefore, (by) =>
        wechatpay.completeServiceOrder(out_order_no, body, by),
      );
      const random = Math.random();
      return {
        serviceOrder,
        firstLookMs: pollDelay({ attempt: 1, elapsedMs: 0, delaysMs, random }),
      };
    },

    /** 修改订单金额 */
    async modifyServiceOrder(
      out_order_no: string,
      body: JsonBody,
      sendBefore?: string,
      _traceparent?: string,
    ): Promise<ServiceOrder> {
      return await sent(ServiceOrder, sendBefore, (by) =>
        wechatpay.modifyServiceOrder(out_order_no, body, by),
      );
    },

    /** 取消支付分订单. The answer says which order it was, not where it stands. */
    async cancelServiceOrder(
      out_order_no: string,
      body: JsonBody,
      sendBefore?: string,
      _traceparent?: string,
    ): Promise<undefined> {
      await sent(CancelledServiceOrder, sendBefore, (by) =>
        wechatpay.cancelServiceOrder(out_order_no, body, by),
      );
    },

    /** 同步服务订单信息 */
    async syncServiceOrder(
      out_order_no: string,
      body: JsonBody,
      sendBefore?: string,
      _traceparent?: string,
    ): Promise<ServiceOrder> {
      return await sent(ServiceOrder, sendBefore, (by) =>
        wechatpay.syncServiceOrder(out_order_no, body, by),
      );
    },

    /** 查询支付分订单; null when WeChat is proven not to know the number. */
    async getServiceOrder(key: ServiceOrderKey): Promise<ServiceOrder | null> {
      return await readServiceOrder(wechatpay, key);
    },
  };
}
