/** An order as people and programs see it: our phase, WeChat's fields verbatim, and what happened. No openid. */
import { isPending, type OperationRecord } from './operation.ts';
import type { Invitation, Order, TimelineEntry } from './order.ts';
import type { NamedRefusal } from './order-event.ts';
import type { Phase } from './phase.ts';
import type { RefundDue } from './refund.ts';
import type { Standing } from './rules.ts';
import { gravest, type Trouble } from './trouble.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

export type OrderView = Partial<Omit<ServiceOrder, 'openid'>> & {
  readonly out_order_no: string;
  readonly phase: Phase;
  readonly trouble?: Trouble;
  /** What must be paid back. */
  readonly refund_due?: RefundDue;
  readonly explanation?: string;
  /** Only while the user is to authorise. */
  readonly invitation?: Invitation;
  readonly pending_operation?: PendingOperation;
  readonly last_refusal?: NamedRefusal;
  /** What was asked for, under which key, and what became of it. */
  readonly operations: readonly ToldOperation[];
  readonly completed_at?: string;
  readonly timeline: readonly TimelineEntry[];
};

/** What is being done, or waits to be. */
export interface PendingOperation {
  readonly operation: OperationRecord['operation'];
  /** RFC 3339. */
  readonly since: string;
  /** An attempt's outcome is not known. */
  readonly is_unknown: boolean;
}

export interface ToldOperation {
  readonly operation: OperationRecord['operation'];
  readonly idempotency_key: string;
  /** Of the body that was asked for. */
  readonly digest: string;
  readonly received_at: string;
  readonly state: OperationRecord['state'];
  readonly rule?: string;
  readonly refusal?: NonNullable<OperationRecord['refusal']>;
}

export function viewOf(order: Order): OrderView {
  const { phase, troubles, refundDue, serviceOrder, explanation, lastRefusal, completedAt } = order;
  const trouble = gravest(troubles);
  const pending = pendingOf(order);
  return {
    out_order_no: order.out_order_no,
    phase,
    ...(trouble && { trouble }),
    ...(refundDue && { refund_due: refundDue }),
    ...(explanation !== undefined && { explanation }),
    ...(order.invitation && { invitation: order.invitation }),
    ...serviceOrder,
    ...(pending && { pending_operation: pending }),
    ...(lastRefusal && { last_refusal: lastRefusal }),
    operations: order.operations.filter(({ key }) => !key.startsWith('own/')).map(toldOf),
    ...(completedAt !== undefined && { completed_at: completedAt }),
    timeline: order.timeline,
  };
}

function pendingOf({ operations, phase }: Order): PendingOperation | undefined {
  if (phase === 'authorizing') return undefined;
  const record = operations.find(({ state }) => state === 'running') ?? operations.find(isPending);
  if (!record) return undefined;
  const { operation, receivedAt: since, progress } = record;
  return { operation, since, is_unknown: progress?.doubtfulSince !== undefined };
}

function toldOf(record: OperationRecord): ToldOperation {
  const { operation, key, digest, receivedAt, state, rule, refusal } = record;
  return {
    operation,
    idempotency_key: key,
    digest,
    received_at: receivedAt,
    state,
    ...(rule !== undefined && { rule }),
    ...(refusal && { refusal }),
  };
}

/** What the rules look at, of an order of which only its view is left. */
export function standingOf({ phase, total_amount, completed_at, operations }: OrderView): Standing {
  return { phase, total_amount, completedAt: completed_at, operations };
}

/** The record of which this is told, less what was dropped from it. */
export function recordOfTold(told: ToldOperation): OperationRecord {
  const { idempotency_key: key, received_at: receivedAt, ...rest } = told;
  return { ...rest, key, receivedAt };
}
