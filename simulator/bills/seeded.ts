/** What bills hold beyond the charges of orders, or otherwise than it was: seeded by tests of reconciliation. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { HEADERS } from './bill-cells.ts';

/** Empty, as a reversal may have it. */
const Number32 = z.string().max(32);
const TradeType = z.string().min(1).max(16);
const Moment = z.iso.datetime({ offset: true });
const fen = z.int().min(0);

const Coupon = {
  /** Of the amount, so much was paid by coupons. */
  coupon_amount: fen.optional(),
  /** Funded beforehand (充值券), or not (免充值券), which is assumed. */
  coupon_type: z.enum(['CASH', 'NOCASH']).optional(),
};

/** Other text in these columns, by their header in today's layout; the summary does not follow. */
const cells = z.partialRecord(z.enum(HEADERS), z.string()).optional();

const RefundOutcome = {
  type: z
    .enum(['ORIGINAL', 'BALANCE', 'PLATFORM-ORIGINAL', 'PLATFORM-BALANCE'])
    .default('ORIGINAL'),
  status: z.enum(['SUCCESS', 'PROCESSING', 'FAIL', 'CHANGE']).default('SUCCESS'),
  refund_id: Number32.optional(),
  out_refund_no: z.string().max(64).optional(),
};

/** A refund of a paid order, begun at this moment; by default now. */
const Refund = z.object({
  kind: z.literal('refund'),
  out_order_no: z.string(),
  amount: z.int().min(1),
  time: Moment.optional(),
  /** Another than its payment's. */
  trade_type: TradeType.optional(),
  ...Coupon,
  ...RefundOutcome,
  cells,
});

/** A payment, refund or reversal of another business of the merchant, or of a provider that ordered for it. */
const Foreign = z.object({
  kind: z.literal('foreign'),
  trade_type: TradeType.default('NATIVE'),
  trade_state: z.enum(['SUCCESS', 'REFUND', 'REVOKED']).default('SUCCESS'),
  /** Of the payment, or of the refund. */
  amount: fen,
  ...Coupon,
  time: Moment.optional(),
  transaction_id: Number32.optional(),
  out_trade_no: Number32.optional(),
  appid: Number32.optional(),
  /** 商户号 and 特约商户号: by default the merchant ordered for itself. */
  mchid: Number32.optional(),
  sub_mchid: Number32.optional(),
  currency: z.string().max(16).optional(),
  openid: z.string().max(128).default('oForeignUser'),
  bank_type: z.string().max(32).default('OTHERS'),
  device: z.string().max(64).default(''),
  body: z.string().max(256).default('商品'),
  attach: z.string().max(256).default(''),
  ...RefundOutcome,
  cells,
  /** So many alike, each with numbers of its own. */
  count: z.int().min(1).max(1_000_000).default(1),
});

/** The payment of this order is left out. */
const Missing = z.object({ kind: z.literal('missing'), out_order_no: z.string() });

/** The payment of this order stands there twice. */
const Duplicate = z.object({ kind: z.literal('duplicate'), out_order_no: z.string() });

/** The payment of this order stands once more, at this moment: in the bill of another day. */
const Repeated = z.object({ kind: z.literal('repeated'), out_order_no: z.string(), time: Moment });

const ALTERATIONS = ['amount', 'coupon_amount', 'trade_type', 'cells'] as const;

/** The payment of this order is told otherwise. */
const Altered = z
  .object({
    kind: z.literal('altered'),
    out_order_no: z.string(),
    /** Another amount, with all that follows from it, the summary included. */
    amount: fen.optional(),
    ...Coupon,
    trade_type: TradeType.optional(),
    cells,
  })
  .refine((it) => ALTERATIONS.some((field) => it[field] !== undefined), {
    error: `one of ${ALTERATIONS.join(', ')}`,
  });

export const SeededRow = z.discriminatedUnion('kind', [
  Refund,
  Foreign,
  Missing,
  Duplicate,
  Repeated,
  Altered,
]);

type OfKind<Kind> = Extract<z.infer<typeof SeededRow>, { kind: Kind }>;
export type SeededRefund = OfKind<'refund'> & { readonly time: string };
export type SeededAltered = OfKind<'altered'>;
export type SeededForeign = OfKind<'foreign'> & { readonly time: string };
/** As it is kept: at a moment, even if none was given. */
export type Seeded =
  | SeededRefund
  | SeededForeign
  | OfKind<'missing'>
  | OfKind<'duplicate'>
  | OfKind<'repeated'>
  | SeededAltered;

/** Digits that belong to this seed for ever: a bill made anew must say the same. */
export function digitsOf(seed: string, count: number): string {
  const hash = createHash('sha256').update(seed).digest('hex');
  return BigInt(`0x${hash}`).toString().slice(-count).padStart(count, '0');
}
