/** Every activity's timeouts and retries, in one place. */
import {
  ActivityCancellationType,
  proxyActivities,
  type ActivityOptions,
} from '@temporalio/workflow';
import { deliveriesTaskQueueOf, eventsTaskQueueOf } from './contract.ts';
import type { EventActivities } from '../activities/events.ts';
import type { createPollingActivities } from '../activities/await-payment.ts';
import type { createAuthorizationPollActivities } from '../activities/await-authorization.ts';
import type { createAuthorizationActivities } from '../activities/authorization.ts';
import type { createEarlierRunActivities } from '../activities/earlier-run.ts';
import type { createInquiryActivities } from '../activities/inquiry.ts';
import type { createNotificationActivities } from '../activities/notification.ts';
import type { RefundActivities } from '../activities/refund.ts';
import type { DetailLinkActivities } from '../activities/detail-link.ts';
import type { createCertificateActivities } from '../activities/platform-certificates.ts';
import type { ReconciliationActivities } from '../activities/reconciliation.ts';
import type { createServiceOrderActivities } from '../activities/service-order.ts';
import type { SweepActivities } from '../activities/sweep.ts';
import type { BusinessEvent } from '../payscore/events/event.ts';
import { REFUSED, UNACCEPTED, type FailureType } from '../payscore/refusals/failure-type.ts';
import type { AskedOperation } from '../payscore/order/operation-name.ts';
import { words } from './words.ts';

type ServiceOrderActivities = ReturnType<typeof createServiceOrderActivities>;
type PollingActivities = ReturnType<typeof createPollingActivities>;
type AuthorizationPollActivities = ReturnType<typeof createAuthorizationPollActivities>;
type EarlierRunActivities = ReturnType<typeof createEarlierRunActivities>;
type InquiryActivities = ReturnType<typeof createInquiryActivities>;
type NotificationActivities = ReturnType<typeof createNotificationActivities>;
type CertificateActivities = ReturnType<typeof createCertificateActivities>;
type AuthorizationActivities = ReturnType<typeof createAuthorizationActivities>;

const SUMMARIES = words.summaries.activities;

/** Longer than a call's own time limits, so that a timeout here means a lost worker. */
const startToCloseTimeout = '15s';

/** A permanent fault can look like a 500 here, so the asking ends: at most 5 attempts in a minute. */
const BRIEF: ActivityOptions = {
  startToCloseTimeout,
  priority: { priorityKey: 2 },
  scheduleToCloseTimeout: '1m',
  retry: {
    initialInterval: '1s',
    backoffCoefficient: 2,
    maximumAttempts: 5,
    nonRetryableErrorTypes: [...REFUSED],
  },
};

/**
 * Changes something: one attempt at a time, because what follows depends on what became of it. It goes before all questions:
 * after an outage thousands of them wait for their turn, and what waits behind them would come too late to be sent.
 */
const ONCE: ActivityOptions = {
  startToCloseTimeout,
  retry: { maximumAttempts: 1 },
  priority: { priorityKey: 1 },
};

export const { getPermission } = proxyActivities<ServiceOrderActivities>({
  ...BRIEF,
  summary: 'GET /v3/payscore/permissions/openid/{openid}',
});

export const { getAgreement } = proxyActivities<ServiceOrderActivities>({
  ...BRIEF,
  summary: 'GET /v3/payscore/permissions/authorization-code/{authorization_code}',
});

/** Asking changes nothing, so it goes on until WeChat Pay answers; retries add no history. */
const ASKING: ActivityOptions = {
  summary: 'GET /v3/payscore/serviceorder',
  startToCloseTimeout,
  retry: {
    initialInterval: '1s',
    backoffCoefficient: 2,
    maximumInterval: '1m',
    nonRetryableErrorTypes: [...REFUSED, 'Misconfigured' satisfies FailureType],
  },
};
/** Before whoever has waited for less. */
export const { getServiceOrder } = proxyActivities<ServiceOrderActivities>({
  ...ASKING,
  priority: { priorityKey: 2 },
});

/** The same for whoever must say so when there is no answer for 10 minutes. */
export const { getServiceOrder: getServiceOrderInTime } = proxyActivities<ServiceOrderActivities>({
  ...ASKING,
  scheduleToCloseTimeout: '10m',
});

/** For whoever has more to do than to ask. */
export const { getServiceOrder: getServiceOrderBriefly } = proxyActivities<ServiceOrderActivities>({
  ...BRIEF,
  summary: 'GET /v3/payscore/serviceorder',
});

/**
 * It asks nobody but, once, for a certificate, and whatever becomes of it, WeChat can be asked. No local activity: its marker
 * may lie behind events that the order was told of before, and a replay tells of the marker first.
 */
export const { openPaidNotification } = proxyActivities<NotificationActivities>({
  summary: SUMMARIES.openNotification,
  startToCloseTimeout,
  priority: { priorityKey: 2 },
  retry: { maximumAttempts: 1 },
});

export const { createServiceOrder } = proxyActivities<ServiceOrderActivities>({
  ...ONCE,
  summary: 'POST /v3/payscore/serviceorder',
});

const summaryOf = (operation: AskedOperation) =>
  `POST /v3/payscore/serviceorder/{out_order_no}/${operation}`;

const { completeServiceOrder } = proxyActivities<ServiceOrderActivities>({
  ...ONCE,
  summary: summaryOf('complete'),
});
const { modifyServiceOrder } = proxyActivities<ServiceOrderActivities>({
  ...ONCE,
  summary: summaryOf('modify'),
});
const { cancelServiceOrder } = proxyActivities<ServiceOrderActivities>({
  ...ONCE,
  summary: summaryOf('cancel'),
});
const { syncServiceOrder } = proxyActivities<ServiceOrderActivities>({
  ...ONCE,
  summary: summaryOf('sync'),
});

/** The last argument of what is carried out for a request: its span, within which the activity's is. None, and no argument, where nobody collects them. */
export function inTrace(traceparent: string | undefined): [traceparent?: string] {
  return traceparent === undefined ? [] : [traceparent];
}

/** What each operation sends. WeChat's answer to a cancellation does not say where the order stands. */
export const SEND = {
  complete: completeServiceOrder,
  modify: modifyServiceOrder,
  cancel: cancelServiceOrder,
  sync: syncServiceOrder,
} as const;

/** The activity names its own delays; the interval here is for a worker that was lost. */
const POLL: ActivityOptions = {
  startToCloseTimeout,
  priority: { priorityKey: 5 },
  retry: {
    initialInterval: '1m',
    backoffCoefficient: 1,
    nonRetryableErrorTypes: [...REFUSED, ...UNACCEPTED],
  },
};

export const { awaitPayment } = proxyActivities<PollingActivities>({
  ...POLL,
  summary: SUMMARIES.untilSettled('GET /v3/payscore/serviceorder'),
  cancellationType: ActivityCancellationType.ABANDON,
});

/** Ends with the authorization, or when the time for it is over. */
export function awaitAuthorizationFor(ms: number) {
  return proxyActivities<AuthorizationPollActivities>({
    ...POLL,
    summary: SUMMARIES.untilAuthorised(
      'GET /v3/payscore/permissions/authorization-code/{authorization_code}',
    ),
    scheduleToCloseTimeout: ms,
    heartbeatTimeout: startToCloseTimeout,
    cancellationType: ActivityCancellationType.TRY_CANCEL,
  }).awaitAuthorization;
}

/** Somebody waits for it, with a notification in hand; who comes later asks again. */
export const { getPlatformCertificates } = proxyActivities<CertificateActivities>({
  ...ONCE,
  summary: 'GET /v3/certificates',
});

/** Somebody waits, for 7.5 s; what does not answer by then is for them to ask again. A permanent fault can look like a 500. */
const ASKED: ActivityOptions = {
  startToCloseTimeout,
  priority: { priorityKey: 2 },
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

/** Binds nobody to anything: asking again gives another token, and both are good. */
const PREPARING = { summary: 'POST /v3/payscore/permissions' };
export const { prepareAuthorization } = proxyActivities<AuthorizationActivities>({
  ...PREPARING,
  ...BRIEF,
});
export const { prepareAuthorization: prepareAuthorizationAsked } =
  proxyActivities<AuthorizationActivities>({ ...PREPARING, ...ASKED });

export const { signDetailLink } = proxyActivities<DetailLinkActivities>({
  summary: SUMMARIES.signDetailLink,
  ...ASKED,
});

export const { terminateAuthorization } = proxyActivities<AuthorizationActivities>({
  summary: 'POST /v3/payscore/permissions/…/terminate',
  startToCloseTimeout,
  retry: { maximumAttempts: 1 },
});

export const { applyForRefund } = proxyActivities<RefundActivities>({
  ...ONCE,
  summary: 'POST /v3/refund/domestic/refunds',
});

/** Asking changes nothing, so it goes on until WeChat Pay answers; retries add no history. */
export const { getRefund } = proxyActivities<RefundActivities>({
  ...ASKING,
  summary: 'GET /v3/refund/domestic/refunds/{out_refund_no}',
  priority: { priorityKey: 2 },
});

/** The activity names its own delays. */
export const { awaitRefund } = proxyActivities<RefundActivities>({
  ...POLL,
  summary: SUMMARIES.untilOtherwise('GET /v3/refund/domestic/refunds/{out_refund_no}'),
  cancellationType: ActivityCancellationType.ABANDON,
});

export const { openRefundNotification } = proxyActivities<RefundActivities>({
  summary: SUMMARIES.openNotification,
  startToCloseTimeout,
  priority: { priorityKey: 2 },
  retry: { maximumAttempts: 1 },
});

/** Until a worker answers for the ended run: without what it knew the order must not go on. */
export const { readEarlierRun } = proxyActivities<EarlierRunActivities>({
  summary: SUMMARIES.earlierRun,
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
});

/** Until WeChat has told: the pauses grow to ten minutes, and after three days it is a matter for the reconciliation. */
export const { inquire } = proxyActivities<InquiryActivities>({
  summary: SUMMARIES.inquire('GET /v3/payscore/serviceorder'),
  startToCloseTimeout: '1m',
  scheduleToCloseTimeout: '3d',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '10m' },
});

/**
 * A bill of a million rows takes minutes, and a late one hours: the activity names its own delays, and says what is final.
 * What has not come about in twelve hours is told, and tried again by the next day's start.
 */
export const { reconcileDay } = proxyActivities<ReconciliationActivities>({
  summary: SUMMARIES.reconcile('GET /v3/bill/tradebill'),
  startToCloseTimeout: '2h',
  scheduleToCloseTimeout: '12h',
  heartbeatTimeout: '30s',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '5m' },
});

/** Begins again where its last heartbeat was. */
export const { sweepOrders } = proxyActivities<SweepActivities>({
  summary: SUMMARIES.sweep,
  startToCloseTimeout: '2h',
  scheduleToCloseTimeout: '12h',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '5m' },
});

/**
 * Of the events for business code, in a queue of its own: a receiver that is slow takes no turn of what WeChat Pay is asked.
 *
 * @param events the oldest first; handed over twice, they are delivered once
 */
export async function publish(
  mchid: string,
  lane: string,
  events: readonly BusinessEvent[],
): Promise<void> {
  const { publishEvents } = proxyActivities<EventActivities>({
    taskQueue: eventsTaskQueueOf(mchid),
    summary: SUMMARIES.publish,
    startToCloseTimeout,
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
  });
  await publishEvents(mchid, lane, events);
}

/** The activity names its own delays. After three days only a person, or the next event, can say that it is worth a try. */
export async function deliver(mchid: string, event: BusinessEvent): Promise<void> {
  const { deliverEvent } = proxyActivities<EventActivities>({
    taskQueue: deliveriesTaskQueueOf(mchid),
    summary: SUMMARIES.deliver,
    // What is on its way is not waited for: it counts as broken off, and not as given up.
    cancellationType: ActivityCancellationType.TRY_CANCEL,
    startToCloseTimeout: '30s',
    scheduleToCloseTimeout: '3d',
    retry: { initialInterval: '5s', backoffCoefficient: 2, maximumInterval: '4h' },
  });
  await deliverEvent(event);
}
