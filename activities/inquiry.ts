/** Looks into what WeChat says of an order that has ended here. */
import { createOrderSource } from './order-source.ts';
import type { Service } from '../payscore/order/opening.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';
import type { WorkersTemporal } from '../temporal/client.ts';

export interface InquiryParts extends WorkersTemporal {
  readonly wechatpay: WechatpayClient;
}

export function createInquiryActivities({ wechatpay, ...workers }: InquiryParts) {
  return {
    /** Takes the order up again where WeChat has charged what the order does not know of; otherwise it stays as it is. */
    async inquire(service: Service, out_order_no: string): Promise<void> {
      const temporal = { ...workers, mchid: service.mchid };
      await createOrderSource({ temporal, services: [service], wechatpay }).heal(out_order_no);
    },
  };
}
