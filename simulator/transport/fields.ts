/** Field rules applied to what a request carries; a broken one is answered with its place and value. */
import type * as z from 'zod';
import { pointerToken } from './json-body.ts';
import { RefusalError, type FaultyField } from './refusal-error.ts';

const LONGEST_VALUE = 100;

export function readFields<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  location: FaultyField['location'],
): z.infer<Schema> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const [first] = result.error.issues; // WeChat Pay names one fault at a time
  throw new RefusalError('parameter', {
    field: fieldName(first?.path ?? [], location),
    value: textOf(first?.input),
    issue: first?.message ?? '',
    location,
  });
}

/** The parameters of a query; one that comes twice is refused, as nobody can tell which is meant. */
export function readQuery(target: string): Record<string, string> {
  const query = new URLSearchParams(target.split('?').slice(1).join('?'));
  for (const field of query.keys()) {
    if (query.getAll(field).length === 1) continue;
    const issue = 'the parameter is repeated';
    throw new RefusalError('parameter', { field, value: '', issue, location: 'query' });
  }
  return Object.fromEntries(query);
}

function fieldName(path: PropertyKey[], location: FaultyField['location']): string {
  if (location !== 'body') return path.join('.');
  return path.map((key) => `/${pointerToken(String(key))}`).join('');
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, LONGEST_VALUE);
}
