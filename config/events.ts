/** Who is told what happens, of what, and how that is signed. */
import { z } from 'zod';
import { Durations, EventsUrl, listOf, WebhookSecret } from './variables.ts';

/** For the orders that are opened from now on; of these phases too. */
export const events = {
  EVENTS_URL: EventsUrl.optional(),
  EVENTS_ALSO: listOf(
    z.enum(['authorizing', 'in_service', 'paying'], {
      error: 'must be some of authorizing, in_service, paying',
    }),
  ).default([]),
};

export const delivery = {
  EVENTS_URL: EventsUrl.optional(),
  /** The newest first: what is sent is signed with each of them. */
  EVENTS_SECRET_FILES: listOf(WebhookSecret)
    .refine((secrets) => secrets.length <= 2, 'must be at most two')
    .optional(),
  EVENTS_DELAYS: Durations.optional(),
};

type Delivery = z.infer<z.ZodObject<typeof delivery>>;

export const SIGNED = [
  ({ EVENTS_URL: url, EVENTS_SECRET_FILES: secrets }: Partial<Delivery>) =>
    url === undefined || secrets !== undefined,
  {
    path: ['EVENTS_SECRET_FILES'],
    error: 'is needed beside EVENTS_URL: what is sent is signed',
    when: () => true,
  },
] satisfies [unknown, object];

/** Undefined where nobody is told. */
export function receiverOf({ EVENTS_URL: url, EVENTS_SECRET_FILES: secrets }: Delivery) {
  return url === undefined || secrets === undefined ? undefined : { url, secrets };
}
