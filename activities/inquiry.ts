/** Looks into what WeChat says of an order that has ended here. */
import type { Client } from '@temporalio/client';
import { createOrderSource } from './order-source.ts';
import type { Service } from '../payscore/order/opening.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';

export interface InquiryParts {
  readonly client: Client;
  readonly taskQueue: string;
  readonly wechatpay: WechatpayClient;
}

export function createInquiryActivities({ client, taskQueue, wechatpay }: InquiryParts) {
  return {
    /** Takes the order up again where WeChat has charged what the order does not know of; otherwise it stays as it is. */
    async inquire(service: Service, out_order_no: string): Promise<void> {
      const temporal = { client, taskQueue, mchid: service.mchid };
      await createOrderSource({ temporal, services: [service], wechatpay }).heal(out_order_no);
    },
  };
}
