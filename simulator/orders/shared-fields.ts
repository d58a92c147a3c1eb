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
