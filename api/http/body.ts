/** Reads a body by its schema, or names every fault by JSON pointer. */
import { z } from 'zod';
import { faultsIn } from './problems.ts';
import type { Fault } from '../../answers/problem.ts';

/** Of a request that needs none: nothing, or an empty object. */
export const NoBody = z.strictObject({}).optional();

export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw faultsIn('body', result.error.issues.flatMap(faultsOf));
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

/** Longer than any name of ours; what was sent instead is not sent back whole. */
const LONGEST_NAME = 64;

/** RFC 6901. */
function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${escaped(shortened(String(part)))}`).join('');
}

function shortened(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
