/** The daily schedule of reconciliations. */
import { z } from 'zod';
import type { Answer } from './answer.ts';
import { time } from './fields.ts';

export const Schedule = z
  .object({
    schedule_id: z.string().meta({ description: 'By which Temporal knows it.' }),
    is_paused: z.boolean().meta({ description: 'Nothing begins by itself.' }),
    note: z.string().meta({ description: 'Why it is paused, or who resumed it.' }).optional(),
    next_at: time('When it begins next.').optional(),
    last_at: time('When it last began.').optional(),
  })
  .meta({ id: 'Schedule' });
export type Schedule = Answer<typeof Schedule>;
