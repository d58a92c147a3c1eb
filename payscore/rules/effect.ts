/** What WeChat's account of an order says of a call whose outcome is in question. */
import type { Fact } from '../order/fact.ts';

export type Effect =
  | { readonly kind: 'applied' }
  | { readonly kind: 'not_applied' }
  /** It cannot be, or become, what was asked for: why. */
  | { readonly kind: 'impossible'; readonly rule: Fact }
  /** It exists, but not as it was asked for, and must not stay: why. */
  | { readonly kind: 'unwanted'; readonly rule: Fact }
  /** Nothing can be concluded: ask again. */
  | { readonly kind: 'unclear' };

export const APPLIED: Effect = { kind: 'applied' };
export const NOT_APPLIED: Effect = { kind: 'not_applied' };
export const UNCLEAR: Effect = { kind: 'unclear' };

export function impossible(rule: Fact): Effect {
  return { kind: 'impossible', rule };
}
