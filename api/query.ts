/** Reads the parameters behind the question mark by their schema, or names every fault. */
import type { z } from 'zod';
import { faultsOf } from './body.ts';
import { Problem } from './problems.ts';

export function parseQuery<T>(schema: z.ZodType<T>, query: unknown): T {
  const result = schema.safeParse(query);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap(faultsOf);
  throw new Problem('invalid-request', {
    detail: `${errors.length} fault${errors.length === 1 ? '' : 's'} in the query.`,
    errors,
  });
}
