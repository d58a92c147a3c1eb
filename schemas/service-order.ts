/**
 * What WeChat says about an order: answers of create, query and complete, and the resource of USER_PAID.
 * Read leniently, because official samples break their own types (a number as text, an object for a list, "" for nothing):
 * only the fields that decide something must be well formed.
 */
import { z } from 'zod';
import { optionalText, OutOrderNo } from './text.ts';

/** Typed as an integer, seen as a numeric text in the official sample. */
const amount = z.union([
  z.int().min(0),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);

const optionalAmount = z.preprocess((value) => value ?? undefined, amount.optional());

/** Shown to people, decides nothing: whatever cannot be read is left out. */
const informational = z.json().optional().catch(undefined);

const CollectionDetail = z.object({
  seq: informational,
  amount: optionalAmount,
  /** `NEWTON`: charged by pay score. `MCH`: paid to the merchant, told by sync. */
  paid_type: optionalText,
  paid_time: optionalText,
  transaction_id: optionalText,
  promotion_detail: informational,
});

const Collection = z.object({
  state: z.string(),
  total_amount: optionalAmount,
  paying_amount: optionalAmount,
  paid_amount: optionalAmount,
  details: z.array(CollectionDetail),
  /** Coupons: pages of WeChat's disagree about where they stand. */
  promotion_detail: informational,
});

type Told = Readonly<Record<string, unknown>>;

/**
 * The details of a collection are a list; but an official sample has an object in its place, and the page of 同步服务订单信息 the
 * fields of the one entry in the collection itself. A lone entry may be the first of several: it counts only where it is, with
 * the coupon that was used, all that was paid.
 */
function withDetails(order: unknown): unknown {
  if (!isFields(order) || !isFields(order['collection'])) return order;
  const { collection } = order;
  if (isEmptyObject(collection) || Array.isArray(collection['details'])) return order;
  const lone = collection['details'] ?? collection;
  if (!isFields(lone)) return order;
  const details = isAllThatWasPaid(lone, collection, order) ? [lone] : [];
  return { ...order, collection: { ...collection, details } };
}

function isAllThatWasPaid({ amount: part, promotion_detail }: Told, collection: Told, order: Told) {
  if (part === undefined) return false;
  const places = [promotion_detail, collection['promotion_detail'], order['promotion_detail']];
  return [0, ...places.map(sumOf)].some(
    (coupons) => Number(part) + coupons === Number(collection['paid_amount']),
  );
}

function sumOf(promotions: unknown): number {
  const all: readonly unknown[] = Array.isArray(promotions) ? promotions : [promotions];
  return all.reduce<number>((sum, one) => sum + (isFields(one) ? Number(one['amount']) : 0), 0);
}

function isFields(value: unknown): value is Told {
  return typeof value === 'object' && value !== null;
}

const Fields = z.object({
  out_order_no: z.string(),
  mchid: z.string(),
  appid: z.string(),
  service_id: z.string(),
  openid: optionalText,
  order_id: optionalText,
  state: z.string(),
  state_description: optionalText,
  total_amount: optionalAmount,
  collection: z.preprocess(
    (value) => (value === null || isEmptyObject(value) ? undefined : value),
    Collection.optional(),
  ),
  time_range: z
    .object({ start_time: optionalText, end_time: optionalText })
    .optional()
    .catch(undefined),
  service_introduction: informational,
  post_payments: informational,
  post_discounts: informational,
  risk_fund: informational,
  location: informational,
  attach: informational,
  need_collection: informational,
  promotion_detail: informational,
});
export const ServiceOrder = z.preprocess(withDetails, Fields);
export type ServiceOrder = z.infer<typeof ServiceOrder>;

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** As much of a notification as tells which order it is about. */
export const NamedOrder = z.object({ mchid: z.string(), out_order_no: OutOrderNo });
export type NamedOrder = z.infer<typeof NamedOrder>;

/** What WeChat answers to a cancellation (取消支付分订单): which order it was, not where it stands. */
export const CancelledServiceOrder = Fields.pick({
  out_order_no: true,
  mchid: true,
  appid: true,
  service_id: true,
});
export type CancelledServiceOrder = z.infer<typeof CancelledServiceOrder>;
