/** What stands behind the API, Temporal and the workers, and does not answer as it should. */

const AGAIN = 'Repeat the same request.';

export const service = {
  exhausted: 'Temporal takes no more at this moment. Repeat the same request in a few seconds.',
  unprepared: 'Temporal is not prepared for orders: run `migrate` for this namespace.',
  runEnded: `The order’s run ended meanwhile, or another one began. ${AGAIN}`,
  unanswered: `Temporal does not answer, so this is not known to be taken. ${AGAIN}`,
  away: 'Temporal does not answer.',
  unreadable: (keyId: string) =>
    `What Temporal holds of this cannot be read here. It is encrypted under the codec key ${keyId}.`,
  internal: 'Repeat the same request later.',
  overloaded:
    'Nothing was taken. Repeat the same request, with the same Idempotency-Key, after as many seconds as Retry-After says.',
  stalled: `Nothing was taken: no worker takes requests, or Temporal does not answer, and many wait already. ${AGAIN}`,
  /** Of WeChat's calls; the failure comes in its own words. */
  nobodyAnswered: `No worker, or not WeChat Pay, answered in time. ${AGAIN}`,
  unchanged: 'Nothing was changed.',
  notAccepted: (failure: string) => failure,
  failed: (failure: string) => `${failure}. ${AGAIN}`,
  noAnswerInTime: `The worker came to no answer in time. ${AGAIN}`,
};
