/** How an order's messages repeat the texts that users read: as they were sent, or tidied. */
import type { Policies } from '../policies.ts';

/** All of their texts, however deep; `attach` is the merchant's own, and nobody's to tidy. */
const READ_BY_USERS = new Set([
  'location',
  'post_discounts',
  'post_payments',
  'risk_fund',
  'service_introduction',
  'time_range',
]);

export function echoed(field: string, value: unknown, policies: Pick<Policies, 'echo_text'>) {
  if (policies.echo_text === 'verbatim' || !READ_BY_USERS.has(field)) return value;
  return tidied(value);
}

/** No white space around a text, and one space where there was any within. */
function tidied(value: unknown): unknown {
  if (typeof value === 'string') return value.trim().replace(/\s+/g, ' ');
  if (Array.isArray(value)) return value.map(tidied);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, tidied(it)]));
}
