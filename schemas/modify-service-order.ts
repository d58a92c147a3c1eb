/** What business code sends to lower the amount while WeChat is charging (修改订单金额, guide 3.2.7). */
import { z } from 'zod';
import { ADDS_UP, addsUp } from './fee-total.ts';
import { Device, LooseDiscounts, PostPayments } from './service-order-fields.ts';
import { Fen, Reason } from './text.ts';

export const ModifyServiceOrder = z
  .strictObject({
    post_payments: PostPayments.min(1, 'must have at least one item').describe(
      'Replace those of the completion.',
    ),
    post_discounts: LooseDiscounts.optional(),
    total_amount: Fen.describe(
      'In fen (分), lower than before: the sum of the payments less the sum of the discounts.',
    ),
    reason: Reason,
    device: Device.optional(),
  })
  .refine(addsUp, ADDS_UP);
export type ModifyServiceOrder = z.infer<typeof ModifyServiceOrder>;
