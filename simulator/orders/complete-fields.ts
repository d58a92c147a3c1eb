/** The body of the complete call, field by field. */
import * as z from 'zod';
import { Identity } from '../service.ts';
import { Discounts, Payments } from './fee-items.ts';
import { Amount, BeijingText, Device, Remark } from './shared-fields.ts';

const TimeRange = z
  .object({
    start_time: BeijingText.optional(),
    end_time: BeijingText.optional(),
    start_time_remark: Remark.optional(),
    end_time_remark: Remark.optional(),
  })
  .superRefine((range, context) => {
    for (const time of ['start_time', 'end_time'] as const) {
      if (range[`${time}_remark`] === undefined || range[time] !== undefined) continue;
      const message = 'a remark needs its time';
      context.addIssue({ code: 'custom', path: [`${time}_remark`], message });
    }
  });

export const CompleteFields = Identity.extend({
  post_payments: Payments.min(1),
  post_discounts: Discounts.default([]),
  total_amount: Amount,
  time_range: TimeRange.default({}),
  location: z.object({ end_location: z.string().max(20).optional() }).default({}),
  profit_sharing: z.boolean().default(false),
  goods_tag: z.string().max(32).optional(),
  device: Device.optional(),
});
export type CompleteFields = z.infer<typeof CompleteFields>;
