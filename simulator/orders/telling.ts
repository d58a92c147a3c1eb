/**
 * How messages tell of an order where documents, their samples and merchants differ (docs/wechatpay-facts.md#payment-details,
 * #genuine-answers, #notification-contents).
 * Only what is told changes: what was paid, and the bill, stay as they are.
 */
import * as z from 'zod';

const List = z.enum(['list', 'object']).optional();

export const Telling = z.strictObject({
  /** Absent or empty although there are some; the last, which a message is about, as an object; or its fields in `collection` itself. */
  details: z.enum(['list', 'absent', 'empty', 'object', 'flat']).optional(),
  /** In its detail, in `collection`, or beside it; or there as an object. */
  promotion_detail: z.enum(['in_detail', 'in_collection', 'in_order', 'object']).optional(),
  paid_time: z.enum(['beijing14', 'beijing8', 'rfc3339', 'absent']).optional(),
  /** Null leaves it out. */
  bank_type: z.string().max(64).nullable().optional(),
  post_payments: List,
  post_discounts: List,
  /** All amounts, in `collection` too, as JSON strings, as in the official sample of a notification. */
  amounts: z.enum(['integer', 'text']).optional(),
  /** Left out, as if nothing had been collected. */
  collection: z.enum(['told', 'absent']).optional(),
});
export type Telling = z.infer<typeof Telling>;

type Fields = Readonly<Record<string, unknown>>;

export function toldAs(view: Fields, telling: Telling): Fields {
  const { collection, ...rest } = view;
  const lists = {
    ...rest,
    ...firstOnly(rest, 'post_payments', telling.post_payments),
    ...firstOnly(rest, 'post_discounts', telling.post_discounts),
  };
  const hidden = telling.collection === 'absent' || collection === undefined;
  const told = hidden ? lists : { ...lists, ...collectionAs(collection as Fields, telling) };
  return telling.amounts === 'text' ? (asText(told) as Fields) : told;
}

function firstOnly(view: Fields, field: string, way: Telling['post_payments']): Fields {
  const list = view[field];
  return way === 'object' && Array.isArray(list) ? { [field]: list[0] ?? {} } : {};
}

/** The order's fields that come of it: the collection, and coupons where they stand beside it. */
function collectionAs(collection: Fields, telling: Telling): Fields {
  const { promotion_detail: nesting = 'in_detail' } = telling;
  const { details, ...sums } = collection;
  const all = (details as Fields[]).map((detail) => detailAs(detail, telling));
  const coupons = all.flatMap(({ promotion_detail }) => promotion_detail ?? []);
  const outside = coupons.length > 0 ? { promotion_detail: coupons } : {};
  const told = detailsAs(
    all.map((detail) => withCoupons(detail, nesting)),
    telling,
  );
  return {
    collection: { ...sums, ...told, ...(nesting === 'in_collection' && outside) },
    ...(nesting === 'in_order' && outside),
  };
}

function withCoupons(
  { promotion_detail, ...detail }: Fields,
  nesting: NonNullable<Telling['promotion_detail']>,
): Fields {
  if (!Array.isArray(promotion_detail)) return detail;
  switch (nesting) {
    case 'in_detail':
      return { ...detail, promotion_detail };
    case 'object':
      return { ...detail, promotion_detail: promotion_detail[0] };
    case 'in_collection':
    case 'in_order':
      return detail;
  }
}

function detailsAs(details: readonly Fields[], telling: Telling): Fields {
  switch (telling.details ?? 'list') {
    case 'list':
      return { details };
    case 'absent':
      return {};
    case 'empty':
      return { details: [] };
    case 'object':
      return { details: details.at(-1) ?? {} };
    case 'flat': {
      const { seq: _seq, ...last } = details.at(-1) ?? {};
      return last;
    }
  }
}

function detailAs(detail: Fields, { paid_time, bank_type }: Telling): Fields {
  const { paid_time: time, bank_type: bank, ...rest } = detail;
  const written = timeAs(String(time), paid_time ?? 'beijing14');
  const named = bank_type === undefined ? bank : (bank_type ?? undefined);
  return {
    ...rest,
    ...(written !== undefined && { paid_time: written }),
    ...(named !== undefined && { bank_type: named }),
  };
}

function timeAs(beijing14: string, way: NonNullable<Telling['paid_time']>): string | undefined {
  switch (way) {
    case 'beijing14':
      return beijing14;
    case 'beijing8':
      return beijing14.slice(0, 8);
    case 'rfc3339':
      return beijing14.replace(/(....)(..)(..)(..)(..)(..)/, '$1-$2-$3T$4:$5:$6+08:00');
    case 'absent':
      return undefined;
  }
}

function asText(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((it) => asText(it, key));
  if (typeof value === 'number') return /amount|contribute/.test(key) ? String(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, asText(it, name)]));
}
