/** An event as business code gets it: what happened, when, and how it stands by then, as the API would tell it. */
import { z } from 'zod';
import { presentedRefund } from './refund.ts';
import { presented } from './service-order.ts';
import type { BusinessEvent } from '../payscore/events/event.ts';
import type { OrderEventData } from '../payscore/events/of-order.ts';
import type { RefundEventData } from '../payscore/events/of-refunds.ts';

export const ResentEvent = z
  .object({
    id: z.string().meta({ description: 'Of the event, as the header `webhook-id` had it.' }),
  })
  .meta({ id: 'ResentEvent', description: 'It is sent again, or now.' });

export type EventBody = ReturnType<typeof bodyOf>;

export function bodyOf({ type, at, sequence, data }: BusinessEvent) {
  return { type, timestamp: at, sequence, data: told(data) };
}

function told(data: BusinessEvent['data']) {
  if ('refund' in data) {
    const { refund, ...rest } = data as RefundEventData;
    return { ...rest, refund: presentedRefund(refund) };
  }
  if ('order' in data) {
    const { order, ...rest } = data as OrderEventData;
    return { ...rest, ...(order && { order: presented(order) }) };
  }
  return data;
}
