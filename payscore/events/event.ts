/** What business code is told of by itself: each event once it has happened, numbered by whatever it happened to. */
import type { Phase } from '../rules/phase.ts';
import type { Trouble } from '../rules/trouble.ts';

/** Phases that business code is told of only where it wants to be; the final ones it always is. */
export type PhaseByChoice = 'authorizing' | 'in_service' | 'paying';

/** That an order is being created is told nobody: whoever asked for it waits. */
export type EventType =
  | `service_order.${Exclude<Phase, 'creating'>}`
  | `service_order.trouble_${'began' | 'ended'}`
  | 'refund.succeeded'
  | 'refund.abnormal'
  | 'reconciliation.unbalanced'
  | 'reconciliation.failed';

/** What has happened, before it has a number. */
export interface Happened {
  readonly type: EventType;
  /** As `of-order.ts`, `of-refunds.ts` and `of-day.ts` make it. */
  readonly data: object;
}

export interface BusinessEvent extends Happened {
  /** The same however often it is sent: who has seen it has nothing to do. */
  readonly id: string;
  /** RFC 3339, Beijing. */
  readonly at: string;
  /** Of what it happened to; later events have higher ones. */
  readonly sequence: number;
}

/** What is to be told of one order, or of one payment's refunds. */
export interface Outbox {
  /** The last number that was given. */
  readonly sequence: number;
  /** Not handed over yet, the oldest first. */
  readonly waiting: readonly BusinessEvent[];
}

export interface OrderOutbox extends Outbox {
  /** What business code was told last: it hears of that once, whatever run goes on with the order. */
  readonly told: { readonly phase?: Phase; readonly troubles: readonly Trouble[] };
}
