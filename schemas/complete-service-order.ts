/** What business code sends when the service has ended: WeChat's complete fields less what configuration gives. */
import { z } from 'zod';
import { BeijingTime } from './beijing-time.ts';
import { ADDS_UP, addsUp } from './fee-total.ts';
import { Device, PostDiscounts, PostPayments } from './service-order-fields.ts';
import { Fen, text } from './text.ts';
import { checkTimes } from './time-range.ts';

export const CompleteServiceOrder = z
  .strictObject({
    post_payments: PostPayments.min(1, 'must have at least one item'),
    post_discounts: PostDiscounts.optional(),
    /** In fen: the sum of the payments less the sum of the discounts. */
    total_amount: Fen,
    time_range: z
      .strictObject({
        start_time: BeijingTime.optional(),
        end_time: BeijingTime.optional(),
        start_time_remark: text(20).optional(),
        end_time_remark: text(20).optional(),
      })
      .superRefine(checkTimes)
      .optional(),
    location: z.strictObject({ end_location: text(20).optional() }).optional(),
    profit_sharing: z.boolean().optional(),
    goods_tag: text(32).optional(),
    device: Device.optional(),
  })
  .refine(addsUp, ADDS_UP);
export type CompleteServiceOrder = z.infer<typeof CompleteServiceOrder>;
