/** Fees and discounts: the shapes of post_payments and post_discounts, and their sum. */
import * as z from 'zod';
import { Amount } from './shared-fields.ts';

/** The one name that several fees of an order may share. */
const REPEATABLE_NAME = '商品信息';

const count = z.int().min(1).max(100).default(1);
const amount = Amount.optional();

const Payment = z
  .object({
    name: z.string().min(1).max(20),
    amount,
    description: z.string().max(30).default(''),
    count,
  })
  .refine((fee) => fee.amount !== undefined || fee.description !== '', {
    path: ['amount'],
    error: 'a fee has an amount or a description',
  });

/** Every answer shows an amount, although the create call need not name one. */
const Discount = z.object({
  name: z.string().min(1).max(20),
  description: z.string().min(1).max(30),
  amount: Amount.default(0),
  count,
});

/** Where an amount is modified, its discounts need neither name nor description. */
const ModifiedDiscount = Discount.extend({
  name: z.string().max(20).default(''),
  description: z.string().max(30).default(''),
});

export const Payments = z.array(Payment).max(100).superRefine(namesAreUnique);
export const Discounts = z.array(Discount).max(30).superRefine(namesAreUnique);
export const ModifiedDiscounts = z.array(ModifiedDiscount).max(30).superRefine(namesAreUnique);

export type Payments = z.infer<typeof Payments>;
export type Discounts = z.infer<typeof Discounts>;

export function totalOf(payments: Payments, discounts: Discounts): number {
  return sumOf(payments) - sumOf(discounts);
}

/** An amount is its item's total, already multiplied by `count`. */
function sumOf(items: { amount?: number | undefined }[]): number {
  return items.reduce((total, item) => total + (item.amount ?? 0), 0);
}

function namesAreUnique(items: { name: string }[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  items.forEach(({ name }, index) => {
    if (seen.has(name) && name !== REPEATABLE_NAME && name !== '') {
      context.addIssue({ code: 'custom', path: [index, 'name'], message: 'the name is repeated' });
    }
    seen.add(name);
  });
}
