/** What WeChat Pay refused, in its own words, and what can be done. */
import { z } from 'zod';
import { ASKED_OPERATIONS } from '../payscore/order/operation-name.ts';
import { REASONS } from '../payscore/refusals/refusal.ts';

export const Operation = z
  .enum(['create', 'adopt', ...ASKED_OPERATIONS])
  .meta({ description: 'What is done to an order; `create` and `adopt` are what it begins with.' });

export const refusalFields = {
  code: z.string().meta({ description: 'WeChat Pay’s `code`.', example: 'INVALID_ORDER_STATE' }),
  message: z.string().meta({ description: 'WeChat Pay’s `message`, for people.' }),
  request_id: z
    .string()
    .meta({ description: 'WeChat Pay’s `Request-ID`: its support asks for it.' }),
  reason: z.enum(REASONS).meta({
    description:
      'Why, in a word of ours that business code can act on (`payscore/refusals/refusal.ts`).',
  }),
};

export const Refusal = z
  .object({
    status: z.int().meta({ description: 'The HTTP status of WeChat Pay’s answer.' }),
    ...refusalFields,
  })
  .meta({ id: 'Refusal', description: 'What WeChat Pay refused.' });

export const NamedRefusal = Refusal.extend({
  operation: z
    .enum([...Operation.options, 'query'])
    .meta({ description: 'What was refused; `query` is our asking how the order stands.' }),
}).meta({ id: 'NamedRefusal', description: 'What WeChat Pay refused last.' });
