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
      .describe('`OnAccept`, now; a time that is named lies ahead.')
      .default('OnAccept'),
    end_time: BeijingTime.describe(
      'When you expect it back, `yyyyMMddHHmmss` or `yyyyMMdd` as `start_time`; after it the order is `overdue`.',
    ).optional(),
    start_time_remark: text(20).describe('Beside `start_time`.').optional(),
    end_time_remark: text(20).describe('Beside `end_time`.').optional(),
  })
  .superRefine(checkTimes);

/** How long the order may wait before it exists. Ours, not WeChat's. */
const Deadlines = z.strictObject({
  authorization_seconds: z
    .int()
    .min(60, 'must be at least 60')
    .max(7 * 86_400, 'must be at most 604800, a week')
    .describe(
      'For the user’s authorization, in seconds, a day unless said; until then a jump to WeChat is on offer.',
    )
    .optional(),
  creation_seconds: z
    .int()
    .min(10, 'must be at least 10')
    .max(3_600, 'must be at most 3600, an hour')
    .describe(
      'For WeChat’s word that the order exists, in seconds, 60 unless said, 300 for a user who is sent to its page; afterwards it is given up, and cancelled where it exists.',
    )
    .optional(),
});

export const OpenServiceOrder = z.strictObject({
  out_order_no: OutOrderNo,
  openid: Openid,
  service_introduction: text(20).describe('What the user reads, 20 characters (服务信息).'),
  risk_fund: z
    .strictObject({
      name: z
        .literal('ESTIMATE_ORDER_COST', {
          error: 'must be ESTIMATE_ORDER_COST, the only one of the confirm-free mode',
        })
        .describe('The only one of the confirm-free mode.')
        .default('ESTIMATE_ORDER_COST'),
      amount: Fen.min(1, 'must be more than 0').describe(
        'In fen (分), at most the cap of the service.',
      ),
      description: text(30).describe('The user reads it.').optional(),
    })
    .describe('What the service may charge at most (服务风险金).'),
  time_range: TimeRange.describe('When the service begins and ends (服务时间段).').prefault({}),
  post_payments: PostPayments.optional(),
  post_discounts: PostDiscounts.optional(),
  location: z
    .strictObject({
      start_location: text(20).describe('Where the service begins; the user reads it.').optional(),
      end_location: text(20).describe('Where it is expected to end.').optional(),
    })
    .describe('Where the service is used (服务位置).')
    .optional(),
  device: Device.optional(),
  /** WeChat's notifications carry 200 characters of it, its queries 256: the smaller one holds. */
  attach: z
    .string()
    .regex(/^[\x21-\x7e]*$/, 'must be URL-encoded')
    .max(200, 'must have at most 200 characters after URL-encoding')
    .describe('URL-encoded, at most 200 characters; WeChat tells it again (商户数据包).')
    .optional(),
  need_user_confirm: z
    .literal(false, { error: 'must be false: orders are created in the confirm-free mode' })
    .describe('May be said, and changes nothing.')
    .default(false),
  deadlines: Deadlines.describe(
    'How long it may wait before it exists. Ours, not WeChat’s.',
  ).optional(),
});
export type OpenServiceOrder = z.infer<typeof OpenServiceOrder>;

/** The same as it comes: with whose it is, which the order has beside it. */
export const OpenNamedServiceOrder = OpenServiceOrder.extend(namedService);
