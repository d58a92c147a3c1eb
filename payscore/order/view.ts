/** An order as people and programs see it: our phase, WeChat's fields verbatim, and what happened. No openid. */
import type { OrderOutbox } from '../events/event.ts';
import { isPending, type OperationRecord } from './operation.ts';
import { endedRun, type Invitation, type Order } from './order.ts';
import type { EndedBefore, SignedNotification, NamedRefusal } from './opening.ts';
import type { Fact } from './fact.ts';
import type { TimelineEntry } from './timeline.ts';
import { isFinal, type Phase } from '../rules/phase.ts';
import { owedOf, type Refunded, type RefundDue, type Settled } from './refund-due.ts';
import type { OrderFacts } from '../rules/decide.ts';
import { gravest, type Trouble } from '../rules/trouble.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';

export type OrderView = Partial<Omit<ServiceOrder, 'openid'>> & {
  readonly out_order_no: string;
  readonly phase: Phase;
  readonly trouble?: Trouble;
  /** What must be paid back. */
  readonly refund_due?: RefundDue;
  /** What the user has back, and what was paid back otherwise. */
  readonly refunded?: Refunded;
  readonly settled?: Settled;
  readonly explanation?: Fact;
  /** Why an outcome is not known, or WeChat not understood, where that lasts. */
  readonly unresolved?: Fact;
  /** Why the order is not wanted any more: it ends as `rejected`. */
  readonly giving_up?: Fact;
  /** WeChat has another order under this number. */
  readonly is_number_taken?: boolean;
  /** For a run that takes the order up: how one of before had ended. */
  readonly ended_before?: EndedBefore;
  /** For a run that takes the order up: what WeChat had told and nobody had read. */
  readonly unread_notifications?: readonly SignedNotification[];
  /** For a run that takes the order up: what business code was told, and what it is still to be told. */
  readonly outbox?: OrderOutbox;
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
  /** In fen, what it asks WeChat to charge. */
  readonly total_amount?: number;
  readonly received_at: string;
  /** The name of the API key by which it was asked for. */
  readonly requested_by?: string;
  readonly state: OperationRecord['state'];
  readonly rule?: Fact;
  readonly refusal?: NonNullable<OperationRecord['refusal']>;
}

export function viewOf(order: Order): OrderView {
  const { troubles, refundDue, serviceOrder, explanation, lastRefusal, completedAt } = order;
  const ended = asEnded(order);
  const isOwed = owedOf({ ...order, refundDue: ended.refund_due ?? refundDue }) > 0;
  const trouble = gravest(ended.refund_due && isOwed ? [...troubles, 'refund_due'] : troubles);
  const pending = pendingOf(order);
  return {
    out_order_no: order.out_order_no,
    ...ended,
    ...(trouble && { trouble }),
    ...(refundDue && { refund_due: refundDue }),
    ...(order.refunded && { refunded: order.refunded }),
    ...(order.settled && { settled: order.settled }),
    ...(explanation !== undefined && { explanation }),
    ...(troubles.includes('unresolved') && order.unresolved && { unresolved: order.unresolved }),
    ...(order.givingUp !== undefined && { giving_up: order.givingUp }),
    ...(order.isNumberTaken && { is_number_taken: true }),
    ...(order.endedBefore && { ended_before: order.endedBefore }),
    ...(order.unread.length > 0 && { unread_notifications: order.unread }),
    ...(order.outbox && { outbox: order.outbox }),
    ...(order.invitation && { invitation: order.invitation }),
    ...serviceOrder,
    ...(pending && { pending_operation: pending }),
    ...(lastRefusal && { last_refusal: lastRefusal }),
    operations: order.operations.filter(({ key }) => !key.startsWith('own/')).map(toldOf),
    ...(completedAt !== undefined && { completed_at: completedAt }),
    timeline: order.timeline,
  };
}

/** What has ended stays what it is. */
function asEnded(order: Order): Pick<OrderView, 'phase' | 'refund_due' | 'explanation'> {
  const ended = endedRun(order);
  if (!ended) return { phase: order.phase };
  const { phase, refundDue, explanation } = ended;
  return {
    phase,
    ...(refundDue && { refund_due: refundDue }),
    ...(explanation !== undefined && { explanation }),
  };
}

function pendingOf({ operations, phase }: Order): PendingOperation | undefined {
  if (phase === 'authorizing' || isFinal(phase)) return undefined;
  const record = operations.find(({ state }) => state === 'running') ?? operations.find(isPending);
  if (!record) return undefined;
  const { operation, receivedAt: since, progress } = record;
  return { operation, since, is_unknown: progress?.unknownSince !== undefined };
}

function toldOf(record: OperationRecord): ToldOperation {
  const { operation, key, digest, receivedAt, by, state, total, rule, refusal } = record;
  return {
    operation,
    idempotency_key: key,
    digest,
    ...(total !== undefined && { total_amount: total }),
    received_at: receivedAt,
    ...(by !== undefined && { requested_by: by }),
    state,
    ...(rule !== undefined && { rule }),
    ...(refusal && { refusal }),
  };
}

/** What the rules look at, of an order of which only its view is left. */
export function orderFactsOf({
  phase,
  total_amount,
  completed_at,
  operations,
}: OrderView): OrderFacts {
  return { phase, total_amount, completedAt: completed_at, operations };
}

/** WeChat's fields of it alone. */
export function serviceOrderIn(view: OrderView): Order['serviceOrder'] {
  const { mchid, appid, service_id, state } = view;
  const isTold = [mchid, appid, service_id, state].every((field) => field !== undefined);
  if (!isTold) return undefined;
  const {
    phase: _phase,
    trouble: _trouble,
    refund_due: _refundDue,
    explanation: _explanation,
    unresolved: _unresolved,
    giving_up: _givingUp,
    is_number_taken: _isNumberTaken,
    unread_notifications: _unread,
    outbox: _outbox,
    ended_before: _endedBefore,
    invitation: _invitation,
    pending_operation: _pending,
    last_refusal: _refusal,
    operations: _operations,
    completed_at: _completedAt,
    refunded: _refunded,
    settled: _settled,
    timeline: _timeline,
    ...serviceOrder
  } = view;
  return serviceOrder as Order['serviceOrder'];
}

/** The record of which this is told, less what was dropped from it. */
export function recordOfTold(told: ToldOperation): OperationRecord {
  const { idempotency_key: key, received_at: receivedAt, ...others } = told;
  const { total_amount: total, requested_by: by, ...rest } = others;
  return {
    ...{ ...rest, key, receivedAt },
    ...(total !== undefined && { total }),
    ...(by !== undefined && { by }),
  };
}
