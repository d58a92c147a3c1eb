/** What a message says otherwise than it should: for merchants who must survive being told late or wrongly. */
import * as z from 'zod';

/** Field by field; null leaves one out. */
export const Change = z.record(z.string(), z.unknown());
export type Change = Readonly<z.infer<typeof Change>>;

export function changedBy(change: Change, resource: Change): Record<string, unknown> {
  const fields = Object.entries({ ...resource, ...change });
  return Object.fromEntries(fields.filter(([name]) => change[name] !== null));
}
