/** Field rules that one page of the documents has and another has not: they hold where a policy says so. */
import type * as z from 'zod';
import type { Policies, PolicyBook } from '../policies.ts';

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
  attach: (value, { attach_length }) => (value.length > attach_length ? 'too long' : undefined),
};

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
