/** Looks, ever more rarely, whether the user of an order has authorised the service for it: a callback may never come. */
import { activityInfo, heartbeat } from '@temporalio/activity';
import { askAgreement, type AgreementKey, type AgreementTold } from './agreement.ts';
import { isFirstAttempt, isUnaccepted, later } from './polling.ts';
import type { WechatpayClient } from '../wechatpay/client.ts';

const MINUTE_MS = 60_000;
/** Every minute while the user is likely to be at it, then more rarely, then hourly. */
const DELAYS_MS = [...Array.from({ length: 10 }, () => 1), 5, 15, 30].map((it) => it * MINUTE_MS);

export interface AuthorizationPoll {
  readonly wechatpay: WechatpayClient;
  readonly delaysMs?: readonly number[] | undefined;
}

export function createAuthorizationPollActivities({
  wechatpay,
  delaysMs = DELAYS_MS,
}: AuthorizationPoll) {
  const delays = { delaysMs, longestMs: 60 * MINUTE_MS };
  return {
    /** Returns when WeChat says that the agreement is `AVAILABLE`. */
    async awaitAuthorization(key: AgreementKey): Promise<AgreementTold> {
      if (isFirstAttempt()) throw later('the user has been invited', delays);
      const agreement = await askAgreement(wechatpay, key).catch((error: unknown) => {
        if (isUnaccepted(error)) throw error;
        throw later(error instanceof Error ? error.message : 'no answer', delays);
      });
      const { heartbeatDetails = {}, currentAttemptScheduledTimestampMs: dueMs } = activityInfo();
      const { saidNoAt } = heartbeatDetails as Pick<AgreementTold, 'saidNoAt'>;
      if (agreement.authorization_state === 'AVAILABLE') return { ...agreement, saidNoAt };
      // For the next attempt: WeChat need not say when the user authorised. By Temporal's clock, as all deadlines are, it was not
      // before this attempt was due.
      heartbeat({ saidNoAt: new Date(dueMs).toISOString() });
      throw later(`not authorised: ${agreement.authorization_state}`, delays);
    },
  };
}
