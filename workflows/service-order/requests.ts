/** Requests as they arrive: refused at the door, or kept under their key, so that whoever repeats one gets its outcome. */
import { uuid4 } from '@temporalio/workflow';
import type { OrderState } from './order-state.ts';
import type { OperationRequest } from '../contract.ts';
import { notAllowed, refusal } from './update-answer.ts';
import { isExpired } from './expired-request.ts';
import type { Answer, Waiters } from './waiters.ts';
import type { Fact } from '../../payscore/order/fact.ts';
import { recordOf } from '../../payscore/order/fold-operation.ts';
import { hasBody } from '../../payscore/order/message-shape.ts';
import {
  isPending,
  outcomeOf,
  type OperationRecord,
  type Outcome,
} from '../../payscore/order/operation.ts';
import type { AskedOperation } from '../../payscore/order/operation-name.ts';
import type { Order } from '../../payscore/order/order.ts';
import { isFinal } from '../../payscore/rules/phase.ts';
import { dueOperations } from '../../payscore/rules/due-operations.ts';
import { hasEnded } from '../../payscore/rules/ended.ts';
import { decide, type Decision } from '../../payscore/rules/decide.ts';
import { orderFactsOf, viewOf } from '../../payscore/order/view.ts';
import { words } from '../words.ts';

type Asked = OperationRequest<unknown>;

export interface Requests {
  /** Refuses what can be refused without a trace: nothing of it enters the history. */
  validate(operation: AskedOperation, asked: unknown): void;
  /** Keeps it, or finds what was kept, and waits for the outcome. */
  take(operation: AskedOperation, asked: Asked): Promise<Answer>;
  /** Keeps it; nobody waits, so what is wrong with it is noted in the order's timeline. */
  enqueue(operation: AskedOperation, asked: unknown): void;
  awaitOutcome(key: string, until?: string): Promise<Answer>;
  /** From now on everything is left to the new run. */
  close(): void;
  /** Whether one more may wait: Temporal lets no more than ten. */
  refuseWhenFull(): void;
}

interface Late {
  readonly operation: AskedOperation;
  readonly asked: Asked;
  readonly key: string;
  readonly unattended: boolean;
}

const REQUESTS_LIMIT = 20;
const CROWDED: Fact = { code: 'too_many_requests', limit: REQUESTS_LIMIT };
/** Temporal lets ten wait at once; two are left for those who come in the same moment. */
const CALLERS_LIMIT = 8;
const KEY_REUSED: Fact = { code: 'key_reused' };

export function createRequests(state: OrderState, waiters: Waiters): Requests {
  let isClosed = false;
  return { validate, take, enqueue, awaitOutcome, close, refuseWhenFull };

  function validate(operation: AskedOperation, asked: unknown): void {
    refuseWhenFull();
    if (!hasBody(operation, asked)) throw notAllowed({ code: 'malformed', operation });
    const before = recordFor(asked);
    if (before && !isSame(before, operation, asked))
      throw refusal('KeyReused', words.fact(KEY_REUSED));
    if (before && before.state !== 'left_behind') return;
    if (isExpired(asked)) {
      throw refusal('Expired', words.updates.expired);
    }
    if (isCrowded(state.order)) throw refusal('Busy', words.fact(CROWDED));
    // While something is under way, where the order will stand is not known: the request waits for its turn.
    if (isBusy(state.order)) return;
    const decision = decisionFor(operation, asked);
    // The first outcome of a key is its outcome, so it must be kept; without a key nothing is.
    if (decision.kind === 'not_allowed' && !asked.isKeyed) {
      throw notAllowed(decision.rule);
    }
  }

  async function take(operation: AskedOperation, asked: Asked): Promise<Answer> {
    waiters.dismissGone();
    const known = recordFor(asked);
    const outcome = known && outcomeOf(known);
    if (outcome) return outcome;
    const key = known && isPending(known) ? known.key : keep(operation, asked);
    if (hasEnded(state.order)) {
      return concludeAfterwards({ operation, asked, key, unattended: false });
    }
    return await awaitOutcome(key, asked.notAfter);
  }

  function enqueue(operation: AskedOperation, asked: unknown): void {
    if (!hasBody(operation, asked)) {
      return state.apply({ kind: 'declined', operation, rule: { code: 'malformed', operation } });
    }
    waiters.dismissGone();
    const before = recordFor(asked);
    if (before && !isSame(before, operation, asked)) {
      state.apply({ kind: 'declined', operation, rule: KEY_REUSED });
    } else if (!before || before.state === 'left_behind') {
      const isTooMuch = isCrowded(state.order);
      const key = keep(operation, asked);
      if (isTooMuch) {
        const outcome = { kind: 'not_allowed', rule: CROWDED } as const;
        state.apply({ kind: 'concluded', key, outcome, unattended: true });
      } else if (hasEnded(state.order)) {
        concludeAfterwards({ operation, asked, key, unattended: true });
      }
    }
  }

  function keep(operation: AskedOperation, asked: Asked): string {
    const { key = `by-hand-${uuid4()}`, digest = '', by, traceparent, body } = asked;
    const receivedAt = asked.receivedAt ?? new Date().toISOString();
    const { total_amount: total } = body as { readonly total_amount?: number };
    const charges = operation === 'complete' || operation === 'modify' ? { total } : {};
    const whose = {
      ...(by !== undefined && { by }),
      ...(traceparent !== undefined && { traceparent }),
    };
    const kept = { operation, key, digest, receivedAt, ...whose, request: body, ...charges };
    const record = { ...kept, state: 'waiting' };
    state.apply({ kind: 'asked', record: record as OperationRecord });
    return key;
  }

  /** The loop has ended: how the order ended decides about what comes now. */
  function concludeAfterwards(late: Late): Outcome {
    const { operation, asked, ...rest } = late;
    const decision = decisionFor(operation, asked);
    const outcome: Outcome =
      decision.kind === 'go' ? { kind: 'not_allowed', rule: { code: 'order_ended' } } : decision;
    state.apply({ kind: 'concluded', outcome, ...rest });
    return outcome;
  }

  function decisionFor(operation: AskedOperation, { body, digest = '' }: Asked): Decision {
    const standing = orderFactsOf(viewOf(state.order));
    return decide(standing, { operation, request: body as never, digest });
  }

  function recordFor({ key }: { readonly key?: string }): OperationRecord | undefined {
    return key === undefined ? undefined : recordOf(state.order, key);
  }

  async function awaitOutcome(key: string, until?: string): Promise<Answer> {
    if (isClosed) return { kind: 'moved' };
    return await waiters.wait(key, until);
  }

  function close(): void {
    isClosed = true;
    waiters.answerAll({ kind: 'moved' });
  }

  function refuseWhenFull(): void {
    if (isClosed) throw refusal('Moved', words.updates.moved);
    if (waiters.count() >= CALLERS_LIMIT) {
      throw refusal('Busy', words.updates.crowded(CALLERS_LIMIT));
    }
  }
}

function isSame(
  before: OperationRecord,
  operation: AskedOperation,
  { digest = '' }: { readonly digest?: string },
): boolean {
  return before.operation === operation && before.digest === digest;
}

/** All that waits must fit into what a run hands to the next: Temporal takes 2 MB, and a body may have 30 kB. */
function isCrowded({ operations }: Order): boolean {
  return operations.filter(isPending).length >= REQUESTS_LIMIT;
}

function isBusy(order: Order): boolean {
  return !isFinal(order.phase) && dueOperations(order).length > 0;
}
