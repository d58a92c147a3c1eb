/** Field rules that one page of the documents has and another has not: they hold where a policy says so. */
import type * as z from 'zod';
import type { Policies } from '../policies.ts';
import type { PolicyBook } from '../policy-book.ts';
import { pointerToken } from '../transport/json-body.ts';
import { RefusalError } from '../transport/refusal-error.ts';

interface Fields {
  readonly out_order_no?: string | undefined;
  readonly notify_url?: string | undefined;
  readonly attach?: string | undefined;
}

const RULES: Record<keyof Fields, (value: string, policies: Policies) => string | undefined> = {
  out_order_no: (value, { order_number_alphabet }) =>
    order_number_alphabet === 'narrow' && /[|*]/.test(value) ? 'outside the alphabet' : undefined,
  notify_url: (value, { notify_url_scheme }) =>
    notify_url_scheme === 'https' && !value.startsWith('https:') ? 'not https' : undefined,
  attach(value, { attach_length, attach_unit }) {
    const length = attach_unit === 'bytes' ? Buffer.byteLength(value) : value.length;
    return length > attach_length ? 'too long' : undefined;
  },
};

/**
 * What a body says beyond what was read from it: unknown, or told by the path already.
 * @throws {RefusalError} `parameter`, where the policy refuses that
 */
export function checkExcess(json: unknown, read: unknown, path: object, policies: Policies): void {
  for (const pointer of excessOf(json, read, '')) {
    const isOfPath = Object.hasOwn(path, pointer.slice(1));
    const policy = isOfPath ? policies.path_in_body : policies.unknown_fields;
    if (policy === 'ignored') continue;
    const issue = isOfPath ? 'the path says it already' : 'the field is not known';
    throw new RefusalError('parameter', { field: pointer, value: '', issue, location: 'body' });
  }
}

/** Of every field that a schema has left out, the JSON pointer. */
function* excessOf(sent: unknown, read: unknown, pointer: string): Iterable<string> {
  if (typeof sent !== 'object' || sent === null) return;
  const kept = Object(read);
  for (const [key, value] of Object.entries(sent)) {
    const place = `${pointer}/${pointerToken(key)}`;
    if (Object.hasOwn(kept, key)) yield* excessOf(value, kept[key], place);
    else yield place;
  }
}

/** To refine the schema of a body with, which asks for the policies at every call. */
export function strictly(policies: PolicyBook) {
  return (fields: Fields, context: z.RefinementCtx<Fields>): void => {
    for (const field of ['out_order_no', 'notify_url', 'attach'] as const) {
      const input = fields[field];
      const message = input === undefined ? undefined : RULES[field](input, policies.now());
      if (message !== undefined) {
        context.addIssue({ code: 'custom', path: [field], message, input });
      }
    }
  };
}
