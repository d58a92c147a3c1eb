/** The fields that creating and completing a service order have in common (guide 3.2.5, 3.2.6). */
import { z } from 'zod';
import { Fen, text } from './text.ts';

const Count = z.int('must be a whole number').min(1).max(100);

const PostPayment = z.strictObject({
  name: text(20),
  /** The item's total in fen, already multiplied by `count`. */
  amount: Fen.optional(),
  description: text(30).optional(),
  count: Count.optional(),
});

const PostDiscount = z.strictObject({
  name: text(20),
  description: text(30),
  amount: Fen.optional(),
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

export const PostPayments = z.array(PostPayment).max(100).refine(uniqueNames, UNIQUE);
export const PostDiscounts = z.array(PostDiscount).max(30).refine(uniqueNames, UNIQUE);

/** As modifying an order takes them: without the need for words (guide 3.2.7). */
export const LooseDiscounts = z
  .array(PostDiscount.partial({ name: true, description: true }))
  .max(30)
  .refine(uniqueNames, UNIQUE);

export const Device = z.strictObject({
  start_device_id: text(50).optional(),
  end_device_id: text(50).optional(),
  materiel_no: text(100).optional(),
});
