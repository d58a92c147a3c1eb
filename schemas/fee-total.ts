/** The equation of completing and correcting an order: the total is the payments less the discounts. */
import { z } from 'zod';
import { Fen } from './text.ts';

const Items = z.array(z.looseObject({ amount: Fen.optional() }));
const Amounts = z.looseObject({
  total_amount: Fen,
  post_payments: Items,
  post_discounts: Items.optional(),
});

/** For `refine` of a body with `total_amount`, `post_payments` and `post_discounts` (guide 3.2.6, 3.2.7). */
export const addsUp = (body: unknown): boolean => {
  const { total_amount, post_payments, post_discounts = [] } = Amounts.parse(body);
  return total_amount === sumOf(post_payments) - sumOf(post_discounts);
};

export const ADDS_UP = {
  path: ['total_amount'],
  error: 'must be the sum of post_payments less the sum of post_discounts',
  // Also reported beside other faults, as long as the amounts themselves can be read.
  when: ({ value }: { value: unknown }) => Amounts.safeParse(value).success,
};

function sumOf(items: z.infer<typeof Items>): number {
  return items.reduce((total, { amount = 0 }) => total + amount, 0);
}
