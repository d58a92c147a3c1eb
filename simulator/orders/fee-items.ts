/** Fees and discounts: the shapes of post_payments and post_discounts, and their sum. */
import * as z from 'zod';

/** The one name that several fees of an order may share. */
const REPEATABLE_NAME = '商品信息';

const count = z.int().min(1).max(100).default(1);
const amount = z.int().min(0).optional();

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

const Discount = z.object({
  name: z.string().min(1).max(20),
  description: z.string().min(1).max(30),
  amount,
  count,
});

export const Payments = z.array(Payment).max(100).superRefine(namesAreUnique);
export const Discounts = z.array(Discount).max(30).superRefine(namesAreUnique);

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
    if (seen.has(name) && name !== REPEATABLE_NAME) {
      context.addIssue({ code: 'custom', path: [index, 'name'], message: 'the name is repeated' });
    }
    seen.add(name);
  });
}
