/** Reads the parameters behind the question mark by their schema, or names every fault. */
import type { z } from 'zod';
import { readBy } from './faults.ts';
import { faultsIn } from './problems.ts';

export function parseQuery<T>(schema: z.ZodType<T>, query: unknown): T {
  const read = readBy(schema, query);
  if ('data' in read) return read.data;
  throw faultsIn('query', read.faults);
}
