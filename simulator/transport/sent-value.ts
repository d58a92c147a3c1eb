/** What a refusal says about a bad field: the value that was sent there, and what is wrong with it. */
import type * as z from 'zod';

const LONGEST_VALUE = 100;

/** The value at a path of what was sent: text as it is, anything else as JSON, '' where nothing is. */
export function sentValue(input: unknown, path: readonly PropertyKey[] = []): string {
  const value = valueAt(input, path);
  if (value === undefined) return '';
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, LONGEST_VALUE);
}

/** Undefined where nothing is. */
export function valueAt(input: unknown, path: readonly PropertyKey[] = []): unknown {
  let value = input;
  for (const key of path) value = isObject(value) ? value[key] : undefined;
  return value;
}

export function sentenceOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `the field is missing, or not of the type ${issue.expected}`;
    case 'too_small':
      return `the field ${measured(issue.origin, 'less', issue.minimum)}`;
    case 'too_big':
      return `the field ${measured(issue.origin, 'more', issue.maximum)}`;
    case 'invalid_format':
      return 'the field is not written as the documents ask';
    case 'invalid_value':
      return `the field is none of ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return 'the field is in none of the forms that are allowed';
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return issue.message;
  }
}

function measured(origin: string, comparison: 'less' | 'more', limit: number | bigint): string {
  if (origin === 'string') return `has ${comparison} than ${limit} characters`;
  return `${origin === 'array' ? 'has' : 'is'} ${comparison} than ${limit}`;
}

function isObject(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}
