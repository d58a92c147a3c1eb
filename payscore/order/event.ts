/** What can happen to an order. */
import type { Fact } from './fact.ts';
import type { OperationRecord, Outcome, Progress, JsonBody } from './operation.ts';
import type { Operation, Source } from './operation-name.ts';
import type { Invitation } from './order.ts';
import type { RefundDone } from './refund-due.ts';
import type { EarlierRun, SignedNotification, NamedRefusal } from './opening.ts';
import type { Refusal } from '../refusals/refusal.ts';
import type { Trouble } from '../rules/trouble.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';

export type OrderEvent =
  /** What WeChat says about the user's permission; only `AVAILABLE` leads on. */
  | {
      readonly kind: 'permission';
      readonly authorization_state: string;
      /** Asked by openid, because its user waits; otherwise by the order's own authorization code. */
      readonly by: 'openid' | 'code';
      /** The order's `awaitedAt` when it was asked for: who came back since must be answered by another question. */
      readonly asOf?: string;
      /** When the user authorised, or is known not to have yet, RFC 3339; absent: somebody waits since `awaitedAt`. */
      readonly since?: string | undefined;
      /** When WeChat last said no, where that is later than is known here; RFC 3339. */
      readonly saidNoAt?: string | undefined;
    }
  /** Somebody is known to wait for the order, RFC 3339. */
  | { readonly kind: 'awaited'; readonly at: string; readonly countsAsReceived?: boolean }
  /** When WeChat's notification says that the user has authorised, or has ended that; RFC 3339. */
  | { readonly kind: 'authorization_told'; readonly at: string }
  /** More may have happened than is known here, up to now. */
  | { readonly kind: 'taken_up' }
  /** What the run knew that was taken back to an earlier moment. */
  | { readonly kind: 'remembered'; readonly earlier: EarlierRun; readonly runId: string }
  /** WeChat has told how the order stands, or that it does not know it. */
  | { readonly kind: 'looked_up' }
  /** A notification of a payment came, and the oldest one was read. */
  | { readonly kind: 'notified'; readonly signed: SignedNotification }
  | { readonly kind: 'read' }
  /** A notification's id: it need not be read again. */
  | { readonly kind: 'notification_seen'; readonly id: string }
  /** WeChat must be asked until it has told. */
  | { readonly kind: 'query_needed'; readonly why: Fact; readonly isSaidToBeOver: boolean }
  /** WeChat takes our calls. */
  | { readonly kind: 'answered' }
  /** It does not know the number. */
  | { readonly kind: 'none_told' }
  /** WeChat's page of authorization can be offered to the user. */
  | { readonly kind: 'invited'; readonly invitation: Invitation; readonly until: string }
  /** The user did not authorise in time, or can no longer be asked to. */
  | { readonly kind: 'unauthorized'; readonly why: Fact; readonly refusal?: Refusal | undefined }
  /** Given up before anything was sent. */
  | { readonly kind: 'unreachable'; readonly why: Fact; readonly refusal?: Refusal | undefined }
  /** Cancelled by business code before there was anything at WeChat. */
  | { readonly kind: 'withdrawn' }
  /** Proven not created: the number is free of it, and stays so, or it belongs to another order. */
  | {
      readonly kind: 'not_created';
      readonly why: Fact;
      readonly refusal?: Refusal | undefined;
      readonly isNumberTaken?: boolean;
    }
  /** WeChat did not take our calls until it was too late, and nothing was sent that may have created it. */
  | { readonly kind: 'never_opened'; readonly why: Fact }
  /** What WeChat has, or may have, is not wanted: it is cancelled. */
  | { readonly kind: 'given_up'; readonly why: Fact }
  | {
      readonly kind: 'observed';
      readonly by: Source;
      readonly serviceOrder: ServiceOrder;
      /** The order's epoch when it was asked for. */
      readonly asOf?: number;
    }
  | { readonly kind: 'asked'; readonly record: OperationRecord }
  | {
      readonly kind: 'started';
      readonly key: string;
      readonly body?: JsonBody;
    }
  | { readonly kind: 'progressed'; readonly key: string; readonly progress: Progress }
  /** An attempt is on its way, or has ended: what was asked before is old. */
  | { readonly kind: 'sent' | 'returned'; readonly key: string; readonly progress?: Progress }
  | {
      readonly kind: 'concluded';
      readonly key: string;
      readonly outcome: Outcome;
      /** Nobody waits for the answer, so an operator must see it. */
      readonly unattended: boolean;
    }
  /** A message that cannot even be kept, and nobody waits for the answer. */
  | { readonly kind: 'declined'; readonly operation: Operation; readonly rule: Fact }
  /** What the user has back of one payment, all of it. */
  | {
      readonly kind: 'refunded';
      readonly transaction_id: string;
      readonly refunds: readonly RefundDone[];
    }
  /** So many events are on their way to business code. */
  | { readonly kind: 'published'; readonly count: number }
  /** What is owed was paid back otherwise. */
  | { readonly kind: 'settled'; readonly reason: string; readonly by?: string | undefined }
  | {
      readonly kind: 'troubled';
      readonly trouble: Trouble;
      readonly refusal?: NamedRefusal;
      readonly why?: Fact;
    };

export type EventOf<Kind extends OrderEvent['kind']> = Extract<OrderEvent, { kind: Kind }>;
