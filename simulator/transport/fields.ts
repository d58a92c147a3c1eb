/** Field rules applied to what a request carries; a broken one is answered with its place and value. */
import type * as z from 'zod';
import { spokenOf } from './field-message.ts';
import { pointerToken } from './json-body.ts';
import { RefusalError, type FaultyField } from './refusal-error.ts';
import { sentenceOf, sentValue, valueAt } from './sent-value.ts';

export function readFields<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  location: FaultyField['location'],
): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [first] = result.error.issues; // WeChat Pay names one fault at a time
  const field = fieldName(first?.path ?? [], location);
  throw new RefusalError('parameter', {
    field,
    value: sentValue(value, first?.path),
    issue: first === undefined ? '' : sentenceOf(first),
    location,
    ...spokenOf(first, valueAt(value, first?.path), field, location),
  });
}

/** The parameters of a query; one that comes twice is refused, as nobody can tell which is meant. */
export function readQuery(target: string): Record<string, string> {
  const query = new URLSearchParams(target.split('?').slice(1).join('?'));
  for (const field of query.keys()) {
    const values = query.getAll(field);
    if (values.length === 1) continue;
    const [value, issue] = [sentValue(values.join(', ')), 'the parameter is repeated'];
    throw new RefusalError('parameter', { field, value, issue, location: 'query' });
  }
  return Object.fromEntries(query);
}

function fieldName(path: PropertyKey[], location: FaultyField['location']): string {
  if (location !== 'body') return path.join('.');
  return path.map((key) => `/${pointerToken(String(key))}`).join('');
}
