/** Reads a body by its schema, or names every fault by JSON pointer. */
import { z } from 'zod';
import { readBy } from './faults.ts';
import { faultsIn } from './problems.ts';

/** Of a request that needs none: nothing, or an empty object. */
export const NoBody = z.strictObject({}).optional();

export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = readBy(schema, body);
  if ('data' in read) return read.data;
  throw faultsIn('body', read.faults);
}
