/** Reads the parameters behind the question mark by their schema, or names every fault. */
import type { z } from 'zod';
import { faultsOf } from './body.ts';
import { faultsIn } from './problems.ts';

export function parseQuery<T>(schema: z.ZodType<T>, query: unknown): T {
  const result = schema.safeParse(query);
  if (result.success) return result.data;
  throw faultsIn('query', result.error.issues.flatMap(faultsOf));
}
