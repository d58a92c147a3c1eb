/** A month of reconciliations for finance. */
import { z } from 'zod';
import { exactly, type Answer } from './answer.ts';
import { count, day, fen, TransactionNumber } from './fields.ts';
import { Result, Settlement, StandingCounts } from './reconciliation.ts';
import { WAIVERS } from '../payscore/rules/waiver.ts';
import type { Month as KeptMonth, AgedDue, MonthDay } from '../reconciliation/report/month.ts';

const Count = z.object({ count: count('How many.'), amount: fen('How much, all together.') });
const WaiverCounts = z.partialRecord(z.enum(WAIVERS), Count);

const PresentedDay = z.object({
  bill_date: day('Whose bill it is.'),
  result: Result,
  findings: StandingCounts,
  is_without_totals: z
    .boolean()
    .meta({ description: 'Its report is of before 0.3, and not in the totals.' })
    .optional(),
});

const PresentedDue = z
  .object({
    bill_date: day('Of the bill that had the charge.'),
    out_order_no: z.string().meta({ description: 'Your number of the order.' }),
    transaction_id: TransactionNumber.optional(),
    finding_id: z.string().meta({ description: 'Under which it is told, and acknowledged.' }),
    amount: fen('What was charged too much.'),
    owed: fen('Of that, what is still owed.'),
    age_days: z.int().meta({ description: 'Since the day of the bill, in days.' }),
  })
  .meta({
    id: 'AgedDue',
    description: 'What an order was charged too much, and was not paid back so far.',
  });

export const PayingByAge = z.object({
  age: z
    .enum(['under_1_day', '1_to_7_days', '7_to_30_days', 'over_30_days', 'unknown'])
    .meta({ description: 'Since the completion.' }),
  count: count('How many orders.'),
});
export type PayingByAge = Answer<typeof PayingByAge>;

export const Month = z
  .object({
    month: z.string().meta({ description: '`yyyy-MM`, in Beijing.', example: '2026-11' }),
    days: z.array(PresentedDay).meta({ description: 'Days that have a report.' }),
    missing: z
      .array(z.string())
      .meta({ description: 'Days that are over, and have no report, `yyyy-MM-dd`.' }),
    settlement: Settlement,
    refund_due: Count.extend({
      orders: z.array(PresentedDue).meta({ description: 'The oldest first.' }),
    }).meta({
      description: 'Of any day: what was charged too much, and not paid back so far.',
    }),
    waivers: z
      .object({
        counts: WaiverCounts.meta({ description: 'By why.' }),
        by: z.record(z.string(), WaiverCounts).meta({
          description: 'By the name of the API key; `""` where nobody here asked.',
        }),
      })
      .meta({
        description: 'What users were let off: no bill has a row of it.',
      }),
    paying: z
      .array(PayingByAge)
      .meta({ description: 'Orders that WeChat Pay is charging, by how long.' }),
  })
  .meta({
    id: 'Month',
    description: 'What the bills of a month bring, what is owed, what is being charged.',
  });
export type Month = Answer<typeof Month>;

export function presentedMonth(
  { days, refund_due, ...month }: KeptMonth,
  paying: readonly PayingByAge[],
): Month {
  return exactly<Month>()({
    ...month,
    days: days.map(presentedDay),
    refund_due: { ...refund_due, orders: refund_due.orders.map(presentedDue) },
    paying,
  });
}

function presentedDay({ isWithoutTotals, ...told }: MonthDay) {
  const shown = { ...told, ...(isWithoutTotals && { is_without_totals: true }) };
  return exactly<Answer<typeof PresentedDay>>()(shown);
}

function presentedDue({ code: _code, ...due }: AgedDue) {
  return exactly<Answer<typeof PresentedDue>>()(due);
}
