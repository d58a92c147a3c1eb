/** What business code sends to open an order: WeChat's create fields less what configuration gives. */
import { z } from 'zod';
import { BeijingTime } from './beijing-time.ts';
import { namedService } from './named-service.ts';
import { Device, PostDiscounts, PostPayments } from './service-order-fields.ts';
import { Fen, Openid, OutOrderNo, text } from './text.ts';
import { checkTimes } from './time-range.ts';

const TimeRange = z
  .strictObject({
    start_time: z
      .union([z.literal('OnAccept'), BeijingTime], {
        error: 'must be OnAccept, yyyyMMddHHmmss or yyyyMMdd in Beijing time',
      })
      .default('OnAccept'),
    end_time: BeijingTime.optional(),
    start_time_remark: text(20).optional(),
    end_time_remark: text(20).optional(),
  })
  .superRefine(checkTimes);

/** How long the order may wait before it exists. Ours, not WeChat's. */
const Deadlines = z.strictObject({
  /** For the user's authorization; until then a jump to WeChat is on offer. */
  authorization_seconds: z
    .int()
    .min(60, 'must be at least 60')
    .max(7 * 86_400, 'must be at most 604800, a week')
    .optional(),
  /** For WeChat's word that the order exists; afterwards it is given up, and cancelled where it exists. */
  creation_seconds: z
    .int()
    .min(10, 'must be at least 10')
    .max(3_600, 'must be at most 3600, an hour')
    .optional(),
});

export const OpenServiceOrder = z.strictObject({
  out_order_no: OutOrderNo,
  openid: Openid,
  service_introduction: text(20),
  risk_fund: z.strictObject({
    name: z
      .literal('ESTIMATE_ORDER_COST', {
        error: 'must be ESTIMATE_ORDER_COST, the only one of the confirm-free mode',
      })
      .default('ESTIMATE_ORDER_COST'),
    /** In fen. */
    amount: Fen.min(1, 'must be more than 0'),
    description: text(30).optional(),
  }),
  time_range: TimeRange.prefault({}),
  post_payments: PostPayments.optional(),
  post_discounts: PostDiscounts.optional(),
  location: z
    .strictObject({ start_location: text(20).optional(), end_location: text(20).optional() })
    .optional(),
  device: Device.optional(),
  /** WeChat's notifications carry 200 characters of it, its queries 256: the smaller one holds. */
  attach: z
    .string()
    .regex(/^[\x21-\x7e]*$/, 'must be URL-encoded')
    .max(200, 'must have at most 200 characters after URL-encoding')
    .optional(),
  need_user_confirm: z
    .literal(false, { error: 'must be false: orders are created in the confirm-free mode' })
    .default(false),
  deadlines: Deadlines.optional(),
});
export type OpenServiceOrder = z.infer<typeof OpenServiceOrder>;

/** The same as it comes: with whose it is, which the order has beside it. */
export const OpenNamedServiceOrder = OpenServiceOrder.extend(namedService);
