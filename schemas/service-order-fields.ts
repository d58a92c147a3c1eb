/** The fields that creating and completing a service order have in common (guide 3.2.5, 3.2.6). */
import { z } from 'zod';
import { Fen, text } from './text.ts';

const Count = z
  .int('must be a whole number')
  .min(1)
  .max(100)
  .describe('How many; `amount` is of all of them.');

const PostPayment = z.strictObject({
  name: text(20).describe('What is charged for, once in the list.'),
  amount: Fen.describe('Of all `count` together, in fen (分).').optional(),
  description: text(30).describe('How it is charged, such as 2 元/小时.').optional(),
  count: Count.optional(),
});

const PostDiscount = z.strictObject({
  name: text(20).describe('What the discount is, once in the list.'),
  description: text(30).describe('What it is for.'),
  amount: Fen.describe('In fen (分).').optional(),
  count: Count.optional(),
});

/** Several items may be called 商品信息; any other name must be unique inside its list. */
const uniqueNames = (items: readonly { name?: string | undefined }[]) => {
  const names = items
    .map(({ name }) => name)
    .filter((name) => name !== undefined && name !== '商品信息');
  return new Set(names).size === names.length;
};
const UNIQUE = 'must not use one name twice';

export const PostPayments = z
  .array(PostPayment)
  .max(100)
  .refine(uniqueNames, UNIQUE)
  .describe('What is charged for (后付费项目).');
export const PostDiscounts = z
  .array(PostDiscount)
  .max(30)
  .refine(uniqueNames, UNIQUE)
  .describe('What is taken off (商户优惠).');

/** As modifying an order takes them: without the need for words (guide 3.2.7). */
export const LooseDiscounts = z
  .array(PostDiscount.partial({ name: true, description: true }))
  .max(30)
  .refine(uniqueNames, UNIQUE)
  .describe('What is taken off (商户优惠).');

export const Device = z
  .strictObject({
    start_device_id: text(50).describe('Where the service begins.').optional(),
    end_device_id: text(50).describe('Where it ends.').optional(),
    materiel_no: text(100).describe('物料编码.').optional(),
  })
  .describe('Which device (设备信息).');
