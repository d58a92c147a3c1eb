/** The body of the refund call, field by field (docs/wechatpay-facts.md#refunds). */
import * as z from 'zod';
import { Amount } from '../orders/shared-fields.ts';
import type { PolicyBook } from '../policy-book.ts';

const Fen = Amount.min(1);

/** With `*` on some pages, without it on that of the pay score. */
export const OutRefundNo = z.string().regex(/^[0-9A-Za-z_\-|*@]{1,64}$/);

/** As other addresses for notifications, and one character longer. */
export const RefundNotifyUrl = z
  .string()
  .max(256)
  .regex(/^https?:\/\/[^\s/?#]+\/[^\s?#]*$/);

const Source = z.object({ account: z.enum(['AVAILABLE', 'UNAVAILABLE']), amount: Fen });

const RefundAmount = z
  .object({
    refund: Fen,
    total: Fen,
    currency: z.literal('CNY'),
    from: z.array(Source).min(1).optional(),
  })
  .superRefine(({ refund, from }, context) => {
    if (from === undefined) return;
    const refused = (message: string) =>
      context.addIssue({ code: 'custom', path: ['from'], message });
    if (new Set(from.map(({ account }) => account)).size < from.length) {
      refused('an account is named twice');
    }
    if (from.reduce((sum, { amount }) => sum + amount, 0) !== refund) {
      refused('the amounts are not the refund');
    }
  });

const Goods = z.object({
  merchant_goods_id: z.string().regex(/^[0-9A-Za-z_-]{1,32}$/),
  wechatpay_goods_id: z.string().max(32).optional(),
  goods_name: z.string().max(256).optional(),
  unit_price: Amount,
  refund_amount: Amount,
  refund_quantity: z.int().min(1),
});

export const RefundFields = z.object({
  transaction_id: z.string().min(1).max(32),
  out_refund_no: OutRefundNo,
  reason: z.string().min(1).max(80).optional(),
  notify_url: RefundNotifyUrl.optional(),
  funds_account: z.literal('AVAILABLE').optional(),
  amount: RefundAmount,
  goods_detail: z.array(Goods).min(1).optional(),
});
export type RefundFields = z.infer<typeof RefundFields>;

/** Field rules on which pages differ: they hold where a policy says so. */
export function strictlyRefund(policies: PolicyBook) {
  return (fields: RefundFields, context: z.RefinementCtx<RefundFields>): void => {
    const { refund_number_alphabet, notify_url_scheme } = policies.now();
    const { out_refund_no, notify_url = 'https:' } = fields;
    const refused = (field: string, message: string, input: string) =>
      context.addIssue({ code: 'custom', path: [field], message, input });
    if (refund_number_alphabet === 'narrow' && out_refund_no.includes('*')) {
      refused('out_refund_no', 'outside the alphabet', out_refund_no);
    }
    if (notify_url_scheme === 'https' && !notify_url.startsWith('https:')) {
      refused('notify_url', 'not https', notify_url);
    }
  };
}
