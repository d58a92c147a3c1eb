/** The body of the create call, field by field. */
import * as z from 'zod';
import { Identity } from '../service.ts';
import { Discounts, Payments } from './fee-items.ts';
import { Amount, BeijingText, Device, NotifyUrl, OutOrderNo, Remark } from './shared-fields.ts';

const TimeRange = z
  .object({
    start_time: z.union([z.literal('OnAccept'), BeijingText]),
    end_time: BeijingText.optional(),
    start_time_remark: Remark.optional(),
    end_time_remark: Remark.optional(),
  })
  .refine((range) => range.end_time_remark === undefined || range.end_time !== undefined, {
    path: ['end_time_remark'],
    error: 'a remark needs its time',
  });

/** Which name and amount are allowed depends on the service, not on the shape. */
const RiskFund = z.object({
  name: z.string().min(1).max(30),
  amount: Amount.min(1),
  description: z.string().max(30).default(''),
});

export const CreateFields = Identity.extend({
  out_order_no: OutOrderNo,
  service_introduction: z.string().min(1).max(20),
  post_payments: Payments.default([]),
  post_discounts: Discounts.default([]),
  time_range: TimeRange,
  location: z
    .object({
      start_location: z.string().max(20).optional(),
      end_location: z.string().max(20).optional(),
    })
    .default({}),
  risk_fund: RiskFund,
  attach: z.string().max(256).default(''),
  notify_url: NotifyUrl,
  openid: z.string().min(1).max(128),
  need_user_confirm: z.boolean().default(true),
  device: Device.optional(),
});
export type CreateFields = z.infer<typeof CreateFields>;
