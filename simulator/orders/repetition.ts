/** Is this call one that was executed before (原参重入)? */
import { createHash } from 'node:crypto';
import type { Policies } from '../policies.ts';
import { canonicalJson } from '../transport/canonical-json.ts';
import type { Order, RepeatableCall } from './order.ts';

/** Equal for two bodies that say the same, in whichever order. */
export function fingerprintOf(json: unknown): string {
  return createHash('sha256').update(canonicalJson(json)).digest('base64');
}

/** What it answers then is the order as it stands: nothing is executed. */
export function isRepeated(
  call: RepeatableCall,
  order: Order,
  said: string,
  policies: Policies,
): boolean {
  const before = order.said[call];
  if (before === undefined) return false;
  switch (policies[`${call}_repeat`]) {
    case 'same':
      return said === before;
    case 'any':
      return true;
    case 'never':
      return false;
  }
}
