/** What can be asked of the list of orders. */
import { z } from 'zod';
import type { Cursors } from './list-cursor.ts';
import { PHASES } from '../../payscore/rules/phase.ts';
import { TROUBLES } from '../../payscore/rules/trouble.ts';

const DEFAULT_LIMIT = 50;
const MOST = 200;
const LIMIT_RULE = `must be a whole number from 1 to ${MOST}`;

const oneOf = <Word extends string>(words: readonly Word[]) =>
  z.enum(words, `must be one of ${words.join(', ')}`);

const cursorIn = ({ tokenOf }: Cursors) =>
  z.string('must be given once').transform((text, context) => {
    const token = tokenOf(text);
    if (!token) context.addIssue('is not one that this list gave');
    return token ?? z.NEVER;
  });

export const listQuery = (cursors: Cursors) =>
  z.strictObject({
    phase: oneOf(PHASES).describe('Only orders that stand there.').optional(),
    trouble: oneOf(TROUBLES).describe('Only orders in it.').optional(),
    service_id: z
      .string('must be given once')
      .regex(/^\d{1,32}$/, 'must be digits')
      .describe('Only orders of this service, whether it is still configured or not.')
      .optional(),
    cursor: cursorIn(cursors)
      .describe('The `next_cursor` of the page before, with the same filters.')
      .optional(),
    limit: z
      .string(LIMIT_RULE)
      .regex(/^\d{1,3}$/, LIMIT_RULE)
      .transform(Number)
      .pipe(z.int().min(1, LIMIT_RULE).max(MOST, LIMIT_RULE))
      .default(DEFAULT_LIMIT)
      .meta({
        description: 'How many at most.',
        override: {
          type: 'integer',
          minimum: 1,
          maximum: MOST,
          default: DEFAULT_LIMIT,
          pattern: undefined,
        },
      }),
  });
export type ListQuery = z.infer<ReturnType<typeof listQuery>>;
