/** All that the outside may know of the workflows: their ids, an order's messages, what operators can filter by. */
import {
  defineSearchAttributeKey,
  SearchAttributeType,
  type SignalDefinition,
  type UpdateDefinition,
} from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate, type Sinks } from '@temporalio/workflow';
import type { BusinessEvent } from '../payscore/events/event.ts';
import type { EventQueue } from '../payscore/events/queue.ts';
import type { Outcome, Requests } from '../payscore/order/operation.ts';
import {
  ASKED_OPERATIONS,
  type AskedOperation,
  type Operation,
} from '../payscore/order/operation-name.ts';
import type { Order } from '../payscore/order/order.ts';
import type { RefundDone } from '../payscore/order/refund-due.ts';
import type { Opening, Service, SignedNotification } from '../payscore/order/opening.ts';
import type { OrderView } from '../payscore/order/view.ts';
import { PHASES, type Phase } from '../payscore/rules/phase.ts';
import { TROUBLES, type Trouble } from '../payscore/rules/trouble.ts';
import type { Asked, RefundRecord, Refunds, RefundsOpening } from '../payscore/refunds/refunds.ts';
import type { RefundsView } from '../payscore/refunds/view.ts';
import type { FindingKind } from '../reconciliation/report/finding.ts';
import type { Requester } from '../reconciliation/report/provenance.ts';
import type { DayReport, Result } from '../reconciliation/report/report.ts';
import type { Agreement, Authorization, Permission } from '../schemas/authorization.ts';
import type {
  AuthorizationKey,
  DetailLink,
  DetailLinkKey,
  Preparation,
  Prepared,
  SweepResult,
  Termination,
  ToldCertificate,
} from '../schemas/one-shot.ts';

/** Each merchant has workers of its own: they alone have its keys. */
export function taskQueueOf(mchid: string): string {
  return `payscore-orders/${mchid}`;
}

/** The workflow's type and its input. One run per order, from its opening to its final phase. */
export const SERVICE_ORDER = 'serviceOrder';
export type ServiceOrderWorkflow = (opening: Opening, carried?: Carried) => Promise<OrderView>;

/** What a run hands to the next when its history has grown long, or was reset: everything. */
export interface Carried {
  readonly order: Order;
  /** Somebody wants WeChat to be asked. */
  readonly isAsked: boolean;
  /** "Reset" has taken the order back to an earlier moment: more may have happened than it knows. */
  readonly isReset: boolean;
}

export function workflowIdOf(mchid: string, out_order_no: string): string {
  return `service-order/${mchid}/${out_order_no}`;
}

/** Whose a workflow is, by its id: all of ours name the merchant after the first slash. */
export function merchantOf(workflowId: string): string | undefined {
  return workflowId.split('/')[1];
}

/** The `out_order_no` of an id that {@link workflowIdOf} made for this merchant. */
export function numberOfWorkflow(mchid: string, workflowId: string): string {
  return workflowId.slice(workflowIdOf(mchid, '').length);
}

/** Asks the worker which certificates WeChat Pay signs with; answers at once. */
export const PLATFORM_CERTIFICATES = 'platformCertificates';
export type PlatformCertificatesWorkflow = () => Promise<ToldCertificate[]>;

export function certificatesWorkflowIdOf(mchid: string): string {
  return `platform-certificates/${mchid}`;
}

/** One day's bill against the orders of that day. A run that failed may be followed by another. */
export const RECONCILIATION = 'reconciliation';
export type ReconciliationWorkflow = (day: ReconciliationDay) => Promise<DayReport>;

export interface ReconciliationDay {
  readonly service: Service;
  /** The merchant's other services: what the bill has of an order that is not known here may be of any of them. */
  readonly others?: readonly Service[];
  /** `yyyy-MM-dd`, the day in Beijing. */
  readonly bill_date: string;
  /** Who asked for it. */
  readonly requested_by?: Requester;
}

export function reconciliationWorkflowIdOf(mchid: string, bill_date: string): string {
  return `reconciliation/${mchid}/${bill_date}`;
}

/** The report as far as it goes, while the bill of the next day is awaited. */
export const report = defineQuery<DayReport | null, [isOver?: boolean]>('report');

/** Started by the schedule of the same id: yesterday's reconciliation, those of the days before that lack one, the sweep. */
export const DAILY = 'daily';
export type DailyWorkflow = (
  service: Service,
  ...others: readonly Service[]
) => Promise<DailyResult>;

export interface DailyResult {
  /** Days whose reconciliation was started. */
  readonly started: readonly string[];
}

export function dailyScheduleIdOf(mchid: string): string {
  return `daily/${mchid}`;
}

/** Has WeChat asked how orders stand that have been in service for long: no callback tells of what was done elsewhere. */
export const SWEEP = 'sweep';
export type SweepWorkflow = (service: Service) => Promise<SweepResult>;

/** What business code wants of the worker without an order's run: a short run for each, by the name of its type. */
export interface OneShots {
  authorization(key: AuthorizationKey): Promise<Authorization | Agreement>;
  authorizationPreparation(preparation: Preparation): Promise<Prepared>;
  authorizationTermination(termination: Termination): Promise<Permission>;
  detailLink(order: DetailLinkKey): Promise<DetailLink>;
}

/** Says nothing about anybody: `unique` is random. */
export function oneShotWorkflowIdOf(about: OneShotTopic, mchid: string, unique: string): string {
  return `${about}/${mchid}/${unique}`;
}
export type OneShotTopic = 'authorization' | 'detail-link';

/**
 * Asks WeChat about an order that has ended, because a message of WeChat's contradicts that: only what WeChat charged and
 * the order does not know of takes it up again.
 */
export const INQUIRY = 'inquiry';
export type InquiryWorkflow = (service: Service, out_order_no: string) => Promise<void>;

/** @param unique each message has its own: an inquiry that has begun may be too old for the next */
export function inquiryWorkflowIdOf(mchid: string, out_order_no: string, unique: string): string {
  return `inquiry/${mchid}/${out_order_no}/${unique}`;
}

/** All refunds of one payment: only one writer can keep their sum, their number and the minute between two. */
export const REFUNDS = 'refunds';
export type RefundsWorkflow = (opening: RefundsOpening, carried?: Refunds) => Promise<RefundsView>;

export function refundsWorkflowIdOf(mchid: string, transaction_id: string): string {
  return `refunds/${mchid}/${transaction_id}`;
}

/** Asks for one; answers when WeChat Pay has accepted or refused it. */
export const refund = defineUpdate<RefundRecord, [RefundAsked]>('refund');

export interface RefundAsked extends Asked {
  /** When its caller stops waiting, RFC 3339. */
  readonly notAfter: string;
}

/** A REFUND.* notification, as WeChat Pay signed it: the worker verifies and opens it. */
export const refundTold = defineSignal<[SignedNotification]>('refundTold');

export const refunds = defineQuery<RefundsView, [isOver?: boolean]>('refunds');

/** What the user of an order has back of one payment, all of it, each refund by its `refund_id`; from the refunds' run only. */
export const refunded = defineSignal<[RefundedNews]>('refunded');

export interface RefundedNews {
  readonly transaction_id: string;
  readonly refunds: readonly RefundDone[];
}

/** Delivers what happened to an order, or something else, to business code, one after the other; ends when all is delivered. */
export const EVENTS = 'events';
export type EventsWorkflow = (carried?: EventQueue) => Promise<EventQueue>;

export function eventsWorkflowIdOf(mchid: string, lane: string): string {
  return `events/${mchid}/${lane}`;
}

/** Where events are handed over to their lanes: an order waits for that before it ends. */
export function eventsTaskQueueOf(mchid: string): string {
  return `${taskQueueOf(mchid)}/events`;
}

/** Where they are delivered, which a receiver that never answers may fill. */
export function deliveriesTaskQueueOf(mchid: string): string {
  return `${taskQueueOf(mchid)}/deliveries`;
}

/** What has happened, the oldest first. */
export const published = defineSignal<[readonly BusinessEvent[]]>('published');

/** What waits is tried now, from the first on; and this event, where one is named, is sent again. */
export const resendRequested = defineSignal<[BusinessEvent?]>('resendRequested');

export const events = defineQuery<EventQueue, [isOver?: boolean]>('events');

/** Beside the start, so that the API needs no worker to compare a repeated body, or to list orders. */
export interface OpeningMemo {
  readonly digest: string;
  /** RFC 3339. A run that is continued starts anew, its order was opened before. */
  readonly openedAt?: string;
}

/** Answers the call that starts the run, as soon as it is known whether the order exists, or the user must authorise. */
export const opened = defineUpdate<OrderView, [OpenedRequest]>('opened');

export interface OpenedRequest {
  /** When its caller stops waiting, RFC 3339. */
  readonly notAfter?: string;
}

/** An operation as business code asks for it. Only the body is needed, so that a person can write the message by hand. */
export interface OperationRequest<Body> {
  readonly body: Body;
  /** Business code's `Idempotency-Key`, or a random one. */
  readonly key?: string;
  /** The key is the caller's own, so that its first outcome is its outcome, a refusal by our rules included. */
  readonly isKeyed?: boolean;
  /** Of the body: tells "the same again" from "the same key, another body". */
  readonly digest?: string;
  /** When the API took the request; RFC 3339. Now, for a person. */
  readonly receivedAt?: string;
  /** The name of the API key by which it was asked for. */
  readonly by?: string;
  /** Of the request's span (W3C Trace Context). */
  readonly traceparent?: string;
  /**
   * When its caller stops waiting, RFC 3339. Temporal may hand over an update long after that, when a worker returns:
   * by then the caller was told that it was not taken, and may have asked for something else. Signals wait without limit.
   */
  readonly notAfter?: string;
}

type Messages = {
  readonly [Name in AskedOperation]: {
    /** Carries it out and answers with what WeChat said. */
    readonly update: UpdateDefinition<OrderView, [OperationRequest<Requests[Name]>]>;
    /** The same request without an answer: what has happened, in the past tense. */
    readonly signal: SignalDefinition<[OperationRequest<Requests[Name]>]>;
  };
};

export const OPERATIONS: Messages = {
  complete: { update: defineUpdate('complete'), signal: defineSignal('serviceEnded') },
  modify: { update: defineUpdate('modify'), signal: defineSignal('amountLowered') },
  cancel: { update: defineUpdate('cancel'), signal: defineSignal('serviceCancelled') },
  sync: { update: defineUpdate('sync'), signal: defineSignal('paidElsewhere') },
};

/** Asks WeChat now, for the order or, while the user is to authorise, for the permission. */
export const refresh = defineUpdate<OrderView, [RefreshRequest]>('refresh');
export const refreshRequested = defineSignal<[RefreshRequest]>('refreshRequested');

export interface RefreshRequest {
  /** Business code asks for a user who waits for this order, and not a program or an operator by themselves. */
  readonly isUserBack?: boolean;
  /**
   * What counts is when it was received, and not when it is taken up: Temporal hands a signal that led to nothing to the next worker
   * together with what came later, at a later hour than the one at which it is replayed. APIs of 0.2 do not say so.
   */
  readonly countsAsReceived?: boolean;
  /** When the API took the request; RFC 3339. */
  readonly receivedAt?: string;
  /** When its caller stops waiting, RFC 3339. */
  readonly notAfter?: string;
}

/** Says that what is owed was paid back otherwise, such as in cash; the order owes nothing more. */
export const settle = defineUpdate<OrderView, [SettleRequest]>('settle');

export interface SettleRequest {
  readonly reason: string;
  /** The name of the API key by which it is said. */
  readonly by?: string | undefined;
}

/** Our store was restored from a backup: what WeChat Pay has done since is not known here, nor to be undone. To all orders that are open, before a worker begins. */
export const storeRestored = defineSignal('storeRestored');

/** A verified notification about the user's authorization; from the callback endpoint only. It proves nothing by itself. */
export const authorizationChanged = defineSignal<[AuthorizationNews]>('authorizationChanged');

export interface AuthorizationNews {
  /** Of the notification. */
  readonly id?: string;
  /** Which the user opened or closed: under one number each service has an authorization of its own. */
  readonly service_id?: string;
  /** When the user opened or closed the service (`openorclose_time`); RFC 3339. */
  readonly changedAt?: string;
}

/** A USER_PAID notification, as WeChat signed it: the worker verifies and opens it, so that nobody else can say so. */
export const orderPaid = defineSignal<[SignedNotification]>('orderPaid');

/** Like every query: `isOver` where the run has ended, so that it need not go on with what it is shown. */
export const order = defineQuery<OrderView, [isOver?: boolean]>('order');

/**
 * Failure types with which the updates refuse:
 * - `NotAllowed`: by a rule, or by what came between
 * - `Refused`: by WeChat, whose refusal is the detail
 * - `KeyReused`: the key was used before, with another body or for another operation
 * - `Expired`: its caller had stopped waiting before a worker took it
 * - `Busy`: too much waits for this order already
 * - `Moved`: the order goes on in a new run; the same again there finds what was already asked for
 */
export const UPDATE_REFUSALS = [
  'NotAllowed',
  'Refused',
  'KeyReused',
  'Expired',
  'Busy',
  'Moved',
] as const;
export type UpdateRefusal = (typeof UPDATE_REFUSALS)[number];

/** What an order tells its worker beside its commands. Nothing of it enters a history. */
export interface ClockSinks extends Sinks {
  readonly clock: {
    /** @param temporalMs now, by Temporal, in ms since the epoch */
    measured(temporalMs: number): void;
  };
}

/** The same, of what is worth counting: an order's news as it happens, and how a day's reconciliation ended. */
export interface FigureSinks extends Sinks {
  readonly figures: {
    phaseReached(phase: Phase): void;
    troubleCame(trouble: Trouble): void;
    /**
     * It was asked for, or an order began with it, and its outcome is known.
     *
     * @param key tells it from others of the same order
     */
    operationConcluded(operation: Operation, outcome: Outcome['kind'], key: string): void;
    paymentFound(by: 'callback' | 'query'): void;
    /** @param findings of its report, where there is one */
    dayReconciled(result: Result | 'failed', findings: DayReport['findings']): void;
  };
}

/** All of the words that {@link FigureSinks} count by. */
export const COUNTED = {
  phases: PHASES,
  troubles: TROUBLES,
  operations: ['create', 'adopt', ...ASKED_OPERATIONS],
  findings: Object.keys({
    paid_unnoticed: 0,
    not_in_bill: 0,
    amount_differs: 0,
    other_day: 0,
    paid_twice: 0,
    not_of_order: 0,
    row_repeated: 0,
    refunded: 0,
    unknown_order: 0,
    unnamed_charge: 0,
    order_silent: 0,
    odd_row: 0,
    refund_due: 0,
    undercollected: 0,
    refund_failed: 0,
    bill_changed: 0,
    account_differs: 0,
  } satisfies Record<FindingKind, 0>),
} as const;

export const SEARCH_ATTRIBUTES = {
  phase: defineSearchAttributeKey('PayscorePhase', SearchAttributeType.KEYWORD),
  trouble: defineSearchAttributeKey('PayscoreTrouble', SearchAttributeType.KEYWORD),
  serviceId: defineSearchAttributeKey('PayscoreServiceId', SearchAttributeType.KEYWORD),
  paidAt: defineSearchAttributeKey('PayscorePaidAt', SearchAttributeType.DATETIME),
  /** When an order ended whose run goes on because it owes money: its close tells no more. */
  endedAt: defineSearchAttributeKey('PayscoreEndedAt', SearchAttributeType.DATETIME),
  /** In fen. */
  paidAmount: defineSearchAttributeKey('PayscorePaidAmount', SearchAttributeType.INT),
  transactionId: defineSearchAttributeKey('PayscoreTransactionId', SearchAttributeType.KEYWORD),
  /** When the completion was begun that WeChat took, for as long as it is charging. */
  completedAt: defineSearchAttributeKey('PayscoreCompletedAt', SearchAttributeType.DATETIME),
  /** Of an order that has ended: what the user was let off ({@link WaiverCode}). */
  waiver: defineSearchAttributeKey('PayscoreWaiver', SearchAttributeType.KEYWORD),
  /** Of the key under which the run was begun: tells which keys are still needed. */
  codecKey: defineSearchAttributeKey('PayscoreCodecKey', SearchAttributeType.KEYWORD),
  /** Of a reconciliation: where it stands ({@link ReconciliationState}). */
  reconciliation: defineSearchAttributeKey('PayscoreReconciliation', SearchAttributeType.KEYWORD),
};

/**
 * - `running`: the bill is asked for, read and compared
 * - `awaiting`: some payments of ours are not in the bill; they are looked for in that of the next day
 * - `balanced`, `unbalanced`: the report says so
 * - `failed`: there is no report, and what stood in the way is told
 */
export type ReconciliationState = 'running' | 'awaiting' | 'balanced' | 'unbalanced' | 'failed';
