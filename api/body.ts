/** Reads a body by its schema, or names every fault by JSON pointer. */
import type { z } from 'zod';
import { Problem, type Fault } from './problems.ts';

export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap(faultsOf);
  throw new Problem('invalid-request', {
    detail: `${errors.length} fault${errors.length === 1 ? '' : 's'} in the body. Nothing was started.`,
    errors,
  });
}

export function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointerOf([...issue.path, key]),
      detail: 'is not a field of this request',
    }));
  }
  const isMissing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  return [{ pointer: pointerOf(issue.path), detail: isMissing ? 'is missing' : issue.message }];
}

/** RFC 6901. */
function pointerOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
