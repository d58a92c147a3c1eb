/** Liveness and readiness. */
import { z } from 'zod';

export const Alive = z.object({ status: z.literal('ok') }).meta({ id: 'Alive' });

export const Unready = z
  .object({
    status: z.literal('unavailable'),
    detail: z.string().meta({ description: 'Why, in a sentence for people.' }),
  })
  .meta({ id: 'Unready' });
