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
    total_amount: Fen.describe(
      'In fen (分): the sum of the payments less the sum of the discounts; 0 charges nothing.',
    ),
    time_range: z
      .strictObject({
        start_time: BeijingTime.optional(),
        end_time: BeijingTime.describe(
          'When it ended, where that is not now; `yyyyMMddHHmmss` or `yyyyMMdd` as `start_time`.',
        ).optional(),
        start_time_remark: text(20).describe('Beside `start_time`.').optional(),
        end_time_remark: text(20).describe('Beside `end_time`.').optional(),
      })
      .superRefine(checkTimes)
      .describe('When the service began and ended (服务时间段).')
      .optional(),
    location: z
      .strictObject({ end_location: text(20).describe('Where it ended.').optional() })
      .describe('Where the service was used (服务位置).')
      .optional(),
    profit_sharing: z.boolean().describe('Whether it is to be shared (分账).').optional(),
    goods_tag: text(32).describe('订单优惠标记.').optional(),
    device: Device.optional(),
  })
  .refine(addsUp, ADDS_UP);
export type CompleteServiceOrder = z.infer<typeof CompleteServiceOrder>;
