/** How bills are made: what the documents leave open, and what may go wrong with the file. */
import * as z from 'zod';

export const FileFault = z.enum([
  'none',
  'wrong-hash',
  'cut',
  'another-day',
  'unknown-column',
  'not-gzip',
  'gzip-bomb',
  'foreign-token',
]);
export type FileFault = z.infer<typeof FileFault>;

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

export const BillSettings = z.strictObject({
  /** Beijing time of the next day from which the bill is there, `HH:mm`. */
  ready_at: TimeOfDay,
  /** How long a download_url lives, in real time. */
  token_seconds: z.number().min(0).max(86_400),
  /** What stands in 商户数据包 where the user paid from the order page. */
  jsapi_packet: z.enum(['packet', 'attach']),
  /** `45.0` and `0.0`, or `45` and `0.00`. */
  summary: z.enum(['float', 'fixed']),
  /** Today's, or the early one with one of its two words for coupons. */
  layout: z.enum(['current', 'early-coupon', 'early-red-packet']),
  /** How many columns the summary of type SUCCESS has: a bill of 2019 had all seven. */
  success_summary: z.enum(['four', 'seven']),
  /** By how many fen the summary's total of fees is not the sum of the rows: WeChat Pay rounds each apart. */
  fee_total_off: z.int().min(-1000).max(1000),
  /** What is sent where a bill is asked for the first time: all of it, or as if its last row were not known yet. */
  first_copy: z.enum(['whole', 'without-last-row']),
  /** Of the fund-flow bill, where it comes at another time than the trade bill. */
  fund_flow_ready_at: TimeOfDay.nullable(),
  /** A fee is a movement of its own, or a part of the payment's and the refund's, as remarks of public samples have it. */
  fund_flow_fees: z.enum(['own_rows', 'in_amounts']),
  /** 收支金额(元), or 收支金额（元） as of old. */
  fund_flow_layout: z.enum(['current', 'full_width']),
  file_fault: FileFault,
});
export type BillSettings = z.infer<typeof BillSettings>;

export const DEFAULT_BILL_SETTINGS: BillSettings = {
  ready_at: '10:00',
  token_seconds: 30, // the guide's; 5 minutes by the present page
  jsapi_packet: 'packet',
  summary: 'float',
  layout: 'current',
  success_summary: 'four',
  fee_total_off: 0,
  first_copy: 'whole',
  fund_flow_ready_at: null,
  fund_flow_fees: 'own_rows',
  fund_flow_layout: 'current',
  file_fault: 'none',
};
