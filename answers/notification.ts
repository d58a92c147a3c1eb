/** How a callback is answered that was not taken: WeChat Pay reads the status alone, and repeats it. */
import { z } from 'zod';

export const CallbackFailure = z
  .object({
    code: z.literal('FAIL'),
    message: z
      .enum(['not verified', 'too large', 'not processed', 'not available'])
      .meta({ description: 'What the status says.' }),
  })
  .meta({ id: 'CallbackFailure', description: 'One fixed body for each status.' });
