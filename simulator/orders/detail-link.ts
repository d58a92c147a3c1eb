/**
 * The page of an order (跳转订单详情), which a merchant's front end opens by a link that its backend has signed with the APIv2 key:
 * all fields but `sign`, by name, joined raw, the key behind them; HMAC-SHA256 in hex, upper case.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';

export const DetailLink = z.object({
  mch_id: z.string().min(1).max(32),
  service_id: z.string().min(1).max(32),
  out_order_no: z.string().min(1).max(32),
  timestamp: z.string().regex(/^\d{10}$/),
  nonce_str: z.string().regex(/^[0-9A-Za-z]{1,32}$/),
  sign_type: z.literal('HMAC-SHA256'),
  sign: z.string().regex(/^[0-9A-F]{64}$/),
});
export type DetailLink = z.infer<typeof DetailLink>;

/** Undefined for what WeChat would answer with 商户签名校验失败. */
export function verifiedDetailLink(said: unknown, apiV2Key: string): DetailLink | undefined {
  const { data: link } = DetailLink.safeParse(said);
  if (link === undefined) return undefined;
  const { sign, ...signed } = link;
  const pairs = Object.entries(signed)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value}`)
    .toSorted();
  const text = `${pairs.join('&')}&key=${apiV2Key}`;
  const expected = createHmac('sha256', apiV2Key).update(text).digest();
  return timingSafeEqual(expected, Buffer.from(sign, 'hex')) ? link : undefined;
}
