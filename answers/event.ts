/** An event as business code gets it: what happened, when, and how it stands by then, as the API would tell it. */
import { z } from 'zod';
import { count, day, OrderNumber, time, TransactionNumber } from './fields.ts';
import { PresentedRefund, presentedRefund } from './refund.ts';
import { Phase, presented, PresentedOrder, Trouble } from './service-order.ts';
import type { BusinessEvent } from '../payscore/events/event.ts';
import type { DayEventData } from '../payscore/events/of-day.ts';
import type { OrderEventData } from '../payscore/events/of-order.ts';
import type { RefundEventData } from '../payscore/events/of-refunds.ts';
import { PHASES } from '../payscore/rules/phase.ts';
import type { Words } from '../words/en.ts';

export const ResentEvent = z
  .object({
    id: z.string().meta({ description: 'Of the event, as the header `webhook-id` had it.' }),
  })
  .meta({ id: 'ResentEvent', description: 'It is sent again, or now.' });

/** Beside the phases that are told: all but the first moments of an order. */
const TYPES = [
  ...PHASES.filter((phase) => phase !== 'creating').map((phase) => `service_order.${phase}`),
  ...['service_order.trouble_began', 'service_order.trouble_ended'],
  ...['refund.succeeded', 'refund.abnormal'],
  ...['reconciliation.unbalanced', 'reconciliation.failed'],
];

const ofOrder = z.object({
  out_order_no: OrderNumber,
  phase: Phase,
  trouble: Trouble.meta({ description: 'Which one began, or ended.' }).optional(),
  order: PresentedOrder.optional(),
});
const ofRefund = z.object({
  out_order_no: OrderNumber,
  transaction_id: TransactionNumber,
  refund: PresentedRefund,
});
const ofDay = z.object({
  bill_date: day('Whose report it is.'),
  findings: z
    .record(z.string(), count('How many.'))
    .meta({ description: 'Those that are open, by their kind.' })
    .optional(),
  why: z.string().meta({ description: 'What stood in the way, for people.' }).optional(),
});

export const EventBody = z
  .object({
    type: z.enum(TYPES).meta({ description: 'What happened.', example: 'service_order.paid' }),
    timestamp: time('When it happened.'),
    sequence: count('Of what it happened to; later events have higher ones.'),
    data: z.union([ofOrder, ofRefund, ofDay]).meta({
      description:
        'How it stood then: the order, the refund, or the day. An order is left out where a great deal waits: read it.',
    }),
  })
  .meta({ id: 'Event', description: 'What business code is told by itself.' });

/** @param words of the operator: nobody asked, who could have said in which language */
export function bodyOf({ type, at, sequence, data }: BusinessEvent, words: Words) {
  return { type, timestamp: at, sequence, data: told(data, words) };
}

function told(data: BusinessEvent['data'], words: Words) {
  if ('refund' in data) {
    const { refund, ...rest } = data as RefundEventData;
    return { ...rest, refund: presentedRefund(refund, words) };
  }
  if ('order' in data) {
    const { order, ...rest } = data as OrderEventData;
    return { ...rest, ...(order && { order: presented(order, words) }) };
  }
  if ('why' in data) {
    const { why = '', ...rest } = data as DayEventData;
    const own = typeof why === 'string' ? why : why.type;
    return { ...rest, why: words.reconciliation.failure(why, own) };
  }
  return data;
}
