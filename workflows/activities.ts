/** Every activity's timeouts and retries, in one place. */
import {
  ActivityCancellationType,
  proxyActivities,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { createAuthorizationActivities } from '../activities/authorization.ts';
import type { createPollingActivities } from '../activities/await-payment.ts';
import type { DetailLinkActivities } from '../activities/detail-link.ts';
import type { createCertificateActivities } from '../activities/platform-certificates.ts';
import type { createServiceOrderActivities } from '../activities/service-order.ts';
import type { FailureType } from '../payscore/failure.ts';

type ServiceOrderActivities = ReturnType<typeof createServiceOrderActivities>;
type PollingActivities = ReturnType<typeof createPollingActivities>;
type CertificateActivities = ReturnType<typeof createCertificateActivities>;
type AuthorizationActivities = ReturnType<typeof createAuthorizationActivities>;

/** Proven, so that asking again would only be told the same. */
const REFUSED: FailureType[] = ['Refused', 'NotFound'];

/** Longer than a call's own time limits, so that a timeout here means a lost worker. */
const startToCloseTimeout = '15s';

/** A permanent fault can look like a 500 here, so the asking ends: at most 5 attempts in a minute. */
export const { getPermission } = proxyActivities<ServiceOrderActivities>({
  summary: 'GET /v3/payscore/permissions/openid/{openid}',
  startToCloseTimeout,
  scheduleToCloseTimeout: '1m',
  retry: {
    initialInterval: '1s',
    backoffCoefficient: 2,
    maximumAttempts: 5,
    nonRetryableErrorTypes: REFUSED,
  },
});

/** Asking changes nothing, so it goes on until WeChat Pay answers; retries add no history. */
export const { getServiceOrder } = proxyActivities<ServiceOrderActivities>({
  summary: 'GET /v3/payscore/serviceorder',
  startToCloseTimeout,
  retry: {
    initialInterval: '1s',
    backoffCoefficient: 2,
    maximumInterval: '1m',
    nonRetryableErrorTypes: REFUSED,
  },
});

/** Changes something: one attempt at a time, because what follows depends on what became of it. */
export const { createServiceOrder } = proxyActivities<ServiceOrderActivities>({
  summary: 'POST /v3/payscore/serviceorder',
  startToCloseTimeout,
  retry: { maximumAttempts: 1 },
});

export const { completeServiceOrder } = proxyActivities<ServiceOrderActivities>({
  summary: 'POST /v3/payscore/serviceorder/{out_order_no}/complete',
  startToCloseTimeout,
  retry: { maximumAttempts: 1 },
});

/** The activity names its own delays; the interval here is for a worker that was lost. No failure ends it. */
export const { awaitPayment } = proxyActivities<PollingActivities>({
  summary: 'GET /v3/payscore/serviceorder, until it is settled',
  startToCloseTimeout,
  retry: { initialInterval: '1m', backoffCoefficient: 1 },
  cancellationType: ActivityCancellationType.ABANDON,
});

/** Somebody waits for it, with a notification in hand; who comes later asks again. */
export const { getPlatformCertificates } = proxyActivities<CertificateActivities>({
  summary: 'GET /v3/certificates',
  startToCloseTimeout,
  retry: { maximumAttempts: 1 },
});

/** Somebody waits, for 7.5 s; what does not answer by then is for him to ask again. A permanent fault can look like a 500. */
const ASKED: ActivityOptions = {
  startToCloseTimeout,
  retry: {
    initialInterval: '500ms',
    backoffCoefficient: 2,
    maximumAttempts: 4,
    nonRetryableErrorTypes: [...REFUSED, 'Misconfigured' satisfies FailureType],
  },
};

export const { getAuthorization, getAuthorizationState } = proxyActivities<AuthorizationActivities>(
  { summary: 'GET /v3/payscore/permissions/…', ...ASKED },
);

/** Binds nobody to anything: asking again gives another token. */
export const { prepareAuthorization } = proxyActivities<AuthorizationActivities>({
  summary: 'POST /v3/payscore/permissions',
  ...ASKED,
});

export const { signDetailLink } = proxyActivities<DetailLinkActivities>({
  summary: 'the signed link to the order page',
  ...ASKED,
});

export const { terminateAuthorization } = proxyActivities<AuthorizationActivities>({
  summary: 'POST /v3/payscore/permissions/…/terminate',
  startToCloseTimeout,
  retry: { maximumAttempts: 1 },
});
