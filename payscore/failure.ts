/** The kinds of failure that decide what an order does next; activities name them, workflows act on them. */

/**
 * - `Refused`: WeChat is proven to have refused; details carry a {@link Refusal}
 * - `NotFound`: the same, because WeChat knows nothing of that number
 * - `Unknown`: whether it was done is not known, so WeChat must be asked
 * - `Throttled`: proven not done, too many calls
 * - `Misconfigured`: proven not done, and only a person can change that (401)
 * - `NotSent`: proven not done, a worker had it in hand too late
 */
export type FailureType =
  'Refused' | 'NotFound' | 'Unknown' | 'Throttled' | 'Misconfigured' | 'NotSent';
