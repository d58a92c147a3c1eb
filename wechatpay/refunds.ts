/** The calls about refunds (退款): by the transaction that was charged, never by the order. */
import type { Answer } from './answer.ts';
import type { SendBy } from './exchange.ts';
import type { JsonObject } from './json.ts';
import { pathParameter } from './target.ts';
import type { Transport } from './transport.ts';

const REFUNDS = '/v3/refund/domestic/refunds';

export type RefundCalls = ReturnType<typeof createRefundCalls>;

export function createRefundCalls({ send }: Pick<Transport, 'send'>) {
  return {
    /** 申请退款. A yes means that it was accepted; a 429 that it may have been. */
    applyForRefund(body: JsonObject, sendBy?: SendBy): Promise<Answer> {
      return send({ name: 'applyForRefund', method: 'POST', target: REFUNDS, body, sendBy });
    },

    /** 查询单笔退款（按商户退款单号）. */
    getRefund(out_refund_no: string): Promise<Answer> {
      const target = `${REFUNDS}/${pathParameter('out_refund_no', out_refund_no, '@')}`;
      return send({ name: 'getRefund', method: 'GET', target });
    },
  };
}
