/** Refunds (申请退款, 查询单笔退款, 退款结果通知): what WeChat Pay says of one, and what business code asks for. */
import { z } from 'zod';
import { optionalText } from './text.ts';

/** Read leniently: only what decides something must be well formed. */
const amount = z.int().min(0);

/** In fen, before coupons; `payer_refund` is the user's own money of it, told of what was paid with a coupon. */
const RefundAmount = z.object({
  total: amount,
  refund: amount,
  payer_refund: amount.optional().catch(undefined),
});

export const REFUND_STATUSES = ['PROCESSING', 'SUCCESS', 'CLOSED', 'ABNORMAL'] as const;
export const RefundStatus = z.enum(REFUND_STATUSES);
export type RefundStatus = z.infer<typeof RefundStatus>;

/** The answer to an application and to a query. A yes means that it was accepted, not that the user has the money. */
export const Refund = z.object({
  refund_id: z.string(),
  out_refund_no: z.string(),
  transaction_id: z.string(),
  status: RefundStatus,
  user_received_account: optionalText,
  create_time: optionalText,
  success_time: optionalText,
  amount: RefundAmount,
});
export type Refund = z.infer<typeof Refund>;

/** The resource of `REFUND.SUCCESS`, `.ABNORMAL` and `.CLOSED`: the same, under other names. */
export const RefundNews = z
  .object({
    mchid: z.string(),
    refund_id: z.string(),
    out_refund_no: z.string(),
    transaction_id: z.string(),
    refund_status: RefundStatus,
    user_received_account: optionalText,
    create_time: optionalText,
    success_time: optionalText,
    amount: RefundAmount,
  })
  .transform(({ refund_status: status, mchid: _mchid, ...rest }): Refund => ({ ...rest, status }));

/** As much of a notification as tells whose and which refund it is about. */
export const NamedRefund = z.object({
  mchid: z.string(),
  transaction_id: z.string().regex(/^\d{1,32}$/),
  out_refund_no: z.string(),
});
export type NamedRefund = z.infer<typeof NamedRefund>;

/** `0-9A-Za-z_-|@`, up to 64 (申请退款). */
export const OutRefundNo = z
  .string({ error: 'must be a text' })
  .regex(/^[\w|@-]{1,64}$/, 'must be up to 64 letters, digits and _ - | @')
  .describe('Your number of the refund, once for each (商户退款单号).');

export const TransactionId = z
  .string({ error: 'must be a text' })
  .regex(/^\d{1,32}$/, 'must be up to 32 digits')
  .describe('WeChat Pay’s number of the payment (微信支付订单号).');

/** Up to 80 bytes are shown to the user. */
const Reason = z
  .string({ error: 'must be a text' })
  .min(1, 'must not be empty')
  .refine((text) => Buffer.byteLength(text) <= 80, 'must have at most 80 bytes in UTF-8')
  .describe('Why, at most 80 bytes in UTF-8; the user reads it.');

/** What business code asks for; WeChat's fields, less what is known here. */
export const RefundRequest = z.strictObject({
  out_refund_no: OutRefundNo,
  amount: z
    .int({ error: 'must be an integer, in fen' })
    .min(1, 'must be at least 1')
    .max(100_000_000_000, 'must be at most 100000000000')
    .describe('In fen (分), at most what is left of the payment.'),
  reason: Reason.optional(),
  transaction_id: TransactionId.describe(
    'Of the payment: where the order was charged in parts, or is no longer kept here.',
  ).optional(),
});
export type RefundRequest = z.infer<typeof RefundRequest>;

/** Of an order that is no longer kept here. */
export const RefundsQuery = z.strictObject({
  transaction_id: TransactionId.describe(
    'Of the payment of an order that is no longer kept here.',
  ).optional(),
});

export const SettledRequest = z.strictObject({
  reason: Reason.describe('How it was paid back, at most 80 bytes in UTF-8.'),
});
