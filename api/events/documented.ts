/** What the document says of `/v1/events`. */
import { z } from 'zod';
import { ASKS_WORKER, type Documented } from '../openapi/route.ts';
import { ResentEvent } from '../../answers/event.ts';

export const EVENT_ROUTES: readonly Documented[] = [
  {
    ...{
      method: 'post',
      path: '/v1/events/{id}/resend',
      operationId: 'resendEvent',
      tag: 'Events',
    },
    summary: 'Sends an event again, or now.',
    parameters: {
      path: z.object({
        id: z.string().meta({ description: 'Of the event, as the header `webhook-id` had it.' }),
      }),
    },
    answers: { 202: { description: 'It is sent again.', schema: ResentEvent } },
    problems: [...ASKS_WORKER, 'no-such-event'],
  },
];
