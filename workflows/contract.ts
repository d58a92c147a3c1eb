/** All that the outside may know of the workflows: their ids, an order's messages, what operators can filter by. */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type {
  AuthorizationKey,
  Preparation,
  Prepared,
  Termination,
} from '../activities/authorization.ts';
import type { DetailLinkActivities } from '../activities/detail-link.ts';
import type { ToldCertificate } from '../activities/platform-certificates.ts';
import type { Opening } from '../payscore/order.ts';
import type { OrderView } from '../payscore/view.ts';
import type { Agreement, Authorization, Permission } from '../schemas/authorization.ts';
import type { CompleteServiceOrder } from '../schemas/complete-service-order.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

export const TASK_QUEUE = 'payscore-orders';

/** The workflow's type and its input. One run per order, from its opening to its final phase. */
export const SERVICE_ORDER = 'serviceOrder';
export type ServiceOrderWorkflow = (opening: Opening) => Promise<OrderView>;

export function workflowIdOf(mchid: string, out_order_no: string): string {
  return `service-order/${mchid}/${out_order_no}`;
}

/** Asks the worker which certificates WeChat Pay signs with; answers at once. */
export const PLATFORM_CERTIFICATES = 'platformCertificates';
export type PlatformCertificatesWorkflow = () => Promise<ToldCertificate[]>;

export function certificatesWorkflowIdOf(mchid: string): string {
  return `platform-certificates/${mchid}`;
}

/** What business code wants of the worker without an order's run: a short run for each, by the name of its type. */
export interface Questions {
  authorization(key: AuthorizationKey): Promise<Authorization | Agreement>;
  authorizationPreparation(preparation: Preparation): Promise<Prepared>;
  authorizationTermination(termination: Termination): Promise<Permission>;
  detailLink: DetailLinkActivities['signDetailLink'];
}

/** Says nothing about anybody: `unique` is random. */
export function questionWorkflowIdOf(about: QuestionTopic, mchid: string, unique: string): string {
  return `${about}/${mchid}/${unique}`;
}
export type QuestionTopic = 'authorization' | 'detail-link';

/** Beside the start, so that the API can compare a repeated body without a worker. */
export interface OpeningMemo {
  readonly digest: string;
}

/** Answers the call that starts the run, as soon as it is known whether the order exists. */
export const opened = defineUpdate<OrderView>('opened');

/** An operation as business code asks for it. */
export interface CompleteRequest {
  readonly body: CompleteServiceOrder;
  /** When the API took the request; RFC 3339. Now, for a person who sends the message by hand. */
  readonly receivedAt?: string;
  /**
   * When its caller stops waiting, RFC 3339. Temporal may hand over an update long after that, when a worker returns:
   * by then the caller was told that it was not taken, and may have asked for another amount. Signals wait without limit.
   */
  readonly notAfter?: string;
}

/** Completes the order and answers with what WeChat said. */
export const complete = defineUpdate<OrderView, [CompleteRequest]>('complete');
/** The same request without an answer. */
export const serviceEnded = defineSignal<[CompleteRequest]>('serviceEnded');

/** A verified notification about the user's authorization; from the callback endpoint only. It proves nothing by itself. */
export const authorizationChanged = defineSignal('authorizationChanged');

/** A verified USER_PAID notification; from the callback endpoint only. */
export const orderPaid = defineSignal<[ServiceOrder]>('orderPaid');

export const order = defineQuery<OrderView>('order');

/** Failure types with which the updates refuse; `Refused` carries WeChat's refusal as its detail. */
export type UpdateRefusal = 'NotAllowed' | 'Expired' | 'Refused';

export const SEARCH_ATTRIBUTES = {
  phase: defineSearchAttributeKey('PayscorePhase', SearchAttributeType.KEYWORD),
  trouble: defineSearchAttributeKey('PayscoreTrouble', SearchAttributeType.KEYWORD),
  serviceId: defineSearchAttributeKey('PayscoreServiceId', SearchAttributeType.KEYWORD),
  paidAt: defineSearchAttributeKey('PayscorePaidAt', SearchAttributeType.DATETIME),
  /** In fen. */
  paidAmount: defineSearchAttributeKey('PayscorePaidAmount', SearchAttributeType.INT),
  transactionId: defineSearchAttributeKey('PayscoreTransactionId', SearchAttributeType.KEYWORD),
};
