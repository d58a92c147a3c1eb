/** The calls about service orders. */
import type { Answer } from './answer.ts';
import type { CallName } from './call-end.ts';
import type { SendBy } from './exchange.ts';
import type { JsonObject } from './json.ts';
import { pathParameter, queryOf } from './target.ts';
import type { Transport } from './transport.ts';

const SERVICE_ORDERS = '/v3/payscore/serviceorder';

export interface ServiceOrderKey {
  readonly out_order_no: string;
  readonly service_id: string;
  readonly appid: string;
}

export type ServiceOrderCalls = ReturnType<typeof createServiceOrderCalls>;

export function createServiceOrderCalls({ send }: Pick<Transport, 'send'>) {
  const post =
    (action: string, name: CallName) =>
    async (out_order_no: string, body: JsonObject, sendBy?: SendBy): Promise<Answer> => {
      const path = `${SERVICE_ORDERS}/${pathParameter('out_order_no', out_order_no)}`;
      return await send({ name, method: 'POST', target: `${path}/${action}`, body, sendBy });
    };

  return {
    /** 创建支付分订单, guide 3.2.5. Only `state` DOING means that the order exists. */
    createServiceOrder(body: JsonObject, sendBy?: SendBy): Promise<Answer> {
      return send({
        name: 'createServiceOrder',
        method: 'POST',
        target: SERVICE_ORDERS,
        body,
        sendBy,
      });
    },

    /** 查询支付分订单, guide 3.2.10. */
    getServiceOrder({ out_order_no, service_id, appid }: ServiceOrderKey): Promise<Answer> {
      const query = queryOf({ service_id, out_order_no, appid });
      return send({ name: 'getServiceOrder', method: 'GET', target: `${SERVICE_ORDERS}?${query}` });
    },

    /** The same by the `query_id` that the confirmation page of the confirm mode hands back. */
    getServiceOrderByQueryId(key: {
      query_id: string;
      service_id: string;
      appid: string;
    }): Promise<Answer> {
      const { query_id, service_id, appid } = key;
      const query = queryOf({ service_id, query_id, appid });
      return send({
        name: 'getServiceOrderByQueryId',
        method: 'GET',
        target: `${SERVICE_ORDERS}?${query}`,
      });
    },

    /** 取消支付分订单, guide 3.2.8. */
    cancelServiceOrder: post('cancel', 'cancelServiceOrder'),

    /** 修改订单金额, guide 3.2.7: lower, and only while WeChat is charging. */
    modifyServiceOrder: post('modify', 'modifyServiceOrder'),

    /** 完结支付分订单, guide 3.2.6. A success starts the charge; it is not the payment. */
    completeServiceOrder: post('complete', 'completeServiceOrder'),

    /** 同步服务订单信息, guide 3.2.9: the user has paid elsewhere, and WeChat stops charging. */
    syncServiceOrder: post('sync', 'syncServiceOrder'),

    /** 商户发起催收扣款: asks WeChat to charge now. Not offered to every merchant. */
    payServiceOrder: post('pay', 'payServiceOrder'),
  };
}
