/** Text as WeChat Pay takes it: lengths in characters, nothing outside the Basic Multilingual Plane. */
import { z } from 'zod';

/** A text of at most `max` characters (APIv3 接口规则: UTF-8 of 1–3 bytes, so no emoji). */
export const text = (max: number) =>
  z
    .string()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .regex(/^[^\ud800-\udfff]*$/, 'must not contain emoji or other characters outside the BMP')
    .regex(/^\P{Cc}*$/u, 'must not contain control characters')
    .regex(VISIBLE, 'must not contain invisible characters, or any that turn the direction of text')
    .regex(
      /^[^\ufffd]*$/,
      'must not contain U+FFFD, which stands for what could not be read as UTF-8',
    );

/**
 * No format characters (directions such as U+202E, zero-width ones, a byte order mark), nothing else that fonts show as
 * nothing, no line or paragraph separators: what a user reads is all that there is (Unicode TR36, TR44).
 */
const VISIBLE =
  /^[^\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]*$/u;

/** WeChat returns empty text for a field that has no value; null would mean the same. */
export const optionalText = z
  .string()
  .nullish()
  .transform((value) => value || undefined);

export const Openid = z
  .string()
  .regex(/^[0-9A-Za-z_-]{1,128}$/, 'must be the openid of a user')
  .describe('Of the user, under the `appid` of the order.');

/** An amount of money: a whole number of fen. */
export const Fen = z
  .int('must be a whole number of fen')
  .min(0, 'must not be negative')
  .max(1_000_000_000_00, 'is more than any order can cost')
  .describe('In fen (分).');

/**
 * `out_order_no`: 1–32 characters. WeChat also lists `|` and `*`; the first would break the bill's
 * `wxzff|order_id|out_order_no`, the second is missing from its current page, so neither is accepted here.
 */
export const OutOrderNo = z
  .string()
  .regex(/^[0-9A-Za-z_-]{1,32}$/, 'must be 1 to 32 characters of 0-9 A-Z a-z _ -')
  .describe('Your number of the order, once for each (商户服务订单号).');

/** Why an order is cancelled or corrected; WeChat shows it to the user. Its older pages allow 30 characters, later ones 50: the smaller one holds. */
export const Reason = text(30).describe('Why, 30 characters; the user reads it.');

/** Business code's own name of a request. It is part of an id that operators see, so it must not name a person. */
export const IdempotencyKey = z
  .string()
  .regex(/^[0-9A-Za-z._:-]{1,64}$/, 'must be 1 to 64 characters of 0-9 A-Z a-z . _ : -')
  .describe(
    'Your own name of the request: the same under it gets its first outcome. No name of a person, operators see it.',
  );
