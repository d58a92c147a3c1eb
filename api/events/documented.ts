/** What the document says of `/v1/events`. */
import { z } from 'zod';
import { ASKS_WORKER, type Documented } from '../openapi/route.ts';
import { EventBody, ResentEvent } from '../../answers/event.ts';

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

const signed = (description: string) => z.string().meta({ description });

export const EVENT_SHAPE = EventBody;
const EVENT = { $ref: '#/components/schemas/Event' } as const;

/** What is sent to `EVENTS_URL`. */
export const EVENT_WEBHOOKS = {
  EVENTS_URL: {
    post: {
      ...{ operationId: 'receiveEvent', tags: ['Events'], security: [] },
      summary: 'What happened, sent until it is taken: at least once, in order.',
      requestParams: {
        header: z.object({
          'webhook-id': signed('Of the event, the same however often it comes.'),
          'webhook-timestamp': signed('When this attempt was signed, in seconds since 1970.'),
          'webhook-signature': signed('By Standard Webhooks, over id, timestamp and body.'),
        }),
      },
      // What we write, and not what we read: nothing of it is left to a default.
      requestBody: { required: true, content: { 'application/json': { schema: EVENT } } },
      responses: {
        '2XX': { description: 'It is taken. Anything else is not, and it comes again.' },
      },
    },
  },
} as const;
