/** GET /v3/refund/domestic/refunds/{out_refund_no}: a refund as it stands. */
import * as z from 'zod';
import type { Handler } from '../transport/endpoint.ts';
import { readFields } from '../transport/fields.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import type { RefundBook } from './refund-book.ts';
import { OutRefundNo } from './refund-fields.ts';
import { refundView } from './refund-view.ts';

const Path = z.object({ out_refund_no: OutRefundNo });

export function queryRefundHandler({ refunds }: { readonly refunds: RefundBook }): Handler {
  return ({ params }) => {
    const { out_refund_no } = readFields(Path, params, 'url');
    const refund = refunds.get(out_refund_no);
    if (refund === undefined) throw new RefusalError('refundNotFound');
    return refundView(refund);
  };
}
