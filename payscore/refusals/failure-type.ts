/** The kinds of failure that decide what an order does next; activities name them, workflows act on them. */

/**
 * - `Refused`: WeChat is proven to have refused; details carry a {@link Refusal}
 * - `NotFound`: the same, because WeChat knows nothing of that number
 * - `Unknown`: whether it was done is not known, so WeChat must be asked
 * - `Throttled`: proven not done, too many calls
 * - `Misconfigured`: proven not done, and only a person can change that (401, or another merchant's order)
 * - `Unaccepted`: as unknown as `Unknown`, but our keys or clocks may be wrong
 * - `NotSent`: proven not done, a worker had it in hand too late
 */
const FAILURE_TYPES = [
  'Refused',
  'NotFound',
  'Unknown',
  'Throttled',
  'Misconfigured',
  'Unaccepted',
  'NotSent',
] as const;
export type FailureType = (typeof FAILURE_TYPES)[number];

/** Proven, so that asking again would only be told the same. */
export const REFUSED: readonly FailureType[] = ['Refused', 'NotFound'];

/** WeChat Pay does not take our calls: only a person can change that. */
export const UNACCEPTED: readonly FailureType[] = ['Misconfigured', 'Unaccepted'];

/** Of a type that this release does not know, such as that of a worker which lacks the activity, nothing is known. */
export function failureTypeOf(type: unknown): FailureType {
  return FAILURE_TYPES.find((known) => known === type) ?? 'Unknown';
}
