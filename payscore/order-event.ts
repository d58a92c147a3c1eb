/** What can happen to an order. */
import type { Operation, OperationRecord, Outcome, Progress } from './operation.ts';
import type { Invitation, Source } from './order.ts';
import type { Refusal } from './refusal.ts';
import type { JsonBody } from './request-body.ts';
import type { Trouble } from './trouble.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

export type OrderEvent =
  /** What WeChat says about the user's permission; only `AVAILABLE` leads on. */
  | { readonly kind: 'permission'; readonly authorization_state: string }
  /** WeChat's page of authorization can be offered to the user. */
  | { readonly kind: 'invited'; readonly invitation: Invitation; readonly until: string }
  /** The user did not authorise in time, or can no longer be asked to. */
  | { readonly kind: 'unauthorized'; readonly why: string; readonly refusal?: Refusal | undefined }
  /** Given up before anything was sent. */
  | { readonly kind: 'unreachable'; readonly why: string; readonly refusal?: Refusal | undefined }
  /** Cancelled by business code before there was anything at WeChat. */
  | { readonly kind: 'withdrawn' }
  /** Proven not created: the number is free of it, and stays so. */
  | { readonly kind: 'not_created'; readonly why: string; readonly refusal?: Refusal | undefined }
  /** What WeChat has, or may have, is not wanted: it is cancelled. */
  | { readonly kind: 'given_up'; readonly why: string }
  | { readonly kind: 'observed'; readonly by: Source; readonly serviceOrder: ServiceOrder }
  | { readonly kind: 'asked'; readonly record: OperationRecord }
  | {
      readonly kind: 'started';
      readonly key: string;
      readonly body?: JsonBody;
      readonly createUntil?: string;
    }
  | { readonly kind: 'progressed'; readonly key: string; readonly progress: Progress }
  | {
      readonly kind: 'concluded';
      readonly key: string;
      readonly outcome: Outcome;
      /** Nobody waits for the answer, so an operator must see it. */
      readonly unattended: boolean;
    }
  /** A message that cannot even be kept, and nobody waits for the answer. */
  | { readonly kind: 'declined'; readonly operation: Operation; readonly rule: string }
  | { readonly kind: 'troubled'; readonly trouble: Trouble; readonly refusal?: NamedRefusal };

export type NamedRefusal = Refusal & { readonly operation: Operation | 'query' };
export type EventOf<Kind extends OrderEvent['kind']> = Extract<OrderEvent, { kind: Kind }>;
