/** Fields that several calls carry in the same shape. */
import * as z from 'zod';
import { readBeijing } from '../beijing-time.ts';

export const OutOrderNo = z.string().regex(/^[0-9A-Za-z_\-|*]{1,32}$/);

export const Remark = z.string().max(20);

/** `yyyyMMddHHmmss` or `yyyyMMdd`, a moment that exists. */
export const BeijingText = z
  .string()
  .refine((text) => readBeijing(text) !== undefined, 'not yyyyMMddHHmmss or yyyyMMdd');

export const Device = z.object({
  start_device_id: z.string().max(50).optional(),
  end_device_id: z.string().max(50).optional(),
  materiel_no: z.string().max(100).optional(),
});

/** An absolute URL with a path and without a query. */
export const NotifyUrl = z
  .string()
  .max(255)
  .regex(/^https?:\/\/[^\s/?#]+\/[^\s?#]*$/);

/** Why the merchant cancels or terminates; how long that may be is asked at every call. */
export function reasonOf(longest: () => number) {
  return z
    .string()
    .min(1)
    .refine((text) => text.length <= longest(), 'the reason is too long');
}

/** Fen. Documents say integer and no more; 32 bits keep every sum of 100 exact. */
export const Amount = z.int().min(0).max(2_147_483_647);
