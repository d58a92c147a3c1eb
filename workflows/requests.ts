/** Requests as they arrive: refused at the door, or kept under their key, so that whoever repeats one gets its outcome. */
import { uuid4 } from '@temporalio/workflow';
import type { Book } from './book.ts';
import type { OperationRequest } from './contract.ts';
import { refusal } from './refusal.ts';
import { isReset } from './reset.ts';
import type { Answer, Waiting } from './waiting.ts';
import { recordOf } from '../payscore/fold-operation.ts';
import { EXAMPLES, hasBody } from '../payscore/message-shape.ts';
import {
  isPending,
  outcomeOf,
  type AskedOperation,
  type OperationRecord,
  type Outcome,
} from '../payscore/operation.ts';
import type { Order } from '../payscore/order.ts';
import { isFinal } from '../payscore/phase.ts';
import { hasEnded } from '../payscore/unserved.ts';
import { judge, type Verdict } from '../payscore/rules.ts';
import { standingOf, viewOf } from '../payscore/view.ts';

type Asked = OperationRequest<unknown>;

export interface Requests {
  /** Refuses what can be refused without a trace: nothing of it enters the history. */
  validate(operation: AskedOperation, asked: unknown): void;
  /** Keeps it, or finds what was kept, and waits for the outcome. */
  take(operation: AskedOperation, asked: Asked): Promise<Answer>;
  /** Keeps it; nobody waits, so what is wrong with it is noted in the book. */
  leave(operation: AskedOperation, asked: unknown): void;
  hear(key: string, until?: string): Promise<Answer>;
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
const CROWDED = `${REQUESTS_LIMIT} requests wait for this order already; send it again later`;
/** Temporal lets ten wait at once; two are left for those who come in the same moment. */
const CALLERS_LIMIT = 8;
const KEY_REUSED = 'the Idempotency-Key was used before, with another body or operation';

export function createRequests(book: Book, waiting: Waiting): Requests {
  let isClosed = false;
  return { validate, take, leave, hear, close, refuseWhenFull };

  function validate(operation: AskedOperation, asked: unknown): void {
    refuseWhenFull();
    if (!hasBody(operation, asked)) throw refusal('NotAllowed', shapeOf(operation));
    const before = recordFor(asked);
    if (before && !isSame(before, operation, asked)) throw refusal('KeyReused', KEY_REUSED);
    if (before && before.state !== 'left_behind') return;
    if (isExpired(asked)) {
      throw refusal('Expired', 'the caller stopped waiting before a worker took the request');
    }
    if (isCrowded(book.order)) throw refusal('Busy', CROWDED);
    // While something is under way, where the order will stand is not known: the request waits for its turn.
    if (isBusy(book.order)) return;
    const verdict = verdictOn(operation, asked);
    // The first outcome of a key is its outcome, so it must be kept; without a key nothing is.
    if (verdict.kind === 'not_allowed' && !asked.isKeyed) {
      throw refusal('NotAllowed', verdict.rule);
    }
  }

  async function take(operation: AskedOperation, asked: Asked): Promise<Answer> {
    waiting.dismissGone();
    const known = recordFor(asked);
    const outcome = known && outcomeOf(known);
    if (outcome) return outcome;
    const key = known && isPending(known) ? known.key : keep(operation, asked);
    if (hasEnded(book.order)) {
      return concludeAfterwards({ operation, asked, key, unattended: false });
    }
    return await hear(key, asked.notAfter);
  }

  function leave(operation: AskedOperation, asked: unknown): void {
    if (!hasBody(operation, asked)) {
      return book.record({ kind: 'declined', operation, rule: shapeOf(operation) });
    }
    waiting.dismissGone();
    const before = recordFor(asked);
    if (before && !isSame(before, operation, asked)) {
      book.record({ kind: 'declined', operation, rule: KEY_REUSED });
    } else if (!before || before.state === 'left_behind') {
      const isTooMuch = isCrowded(book.order);
      const key = keep(operation, asked);
      if (isTooMuch) {
        const outcome = { kind: 'not_allowed', rule: CROWDED } as const;
        book.record({ kind: 'concluded', key, outcome, unattended: true });
      } else if (hasEnded(book.order)) {
        concludeAfterwards({ operation, asked, key, unattended: true });
      }
    }
  }

  function keep(operation: AskedOperation, asked: Asked): string {
    const { key = `by-hand-${uuid4()}`, digest = '', body } = asked;
    const receivedAt = asked.receivedAt ?? new Date().toISOString();
    const { total_amount: total } = body as { readonly total_amount?: number };
    const charges = operation === 'complete' || operation === 'modify' ? { total } : {};
    const kept = { operation, key, digest, receivedAt, request: body, ...charges };
    const record = { ...kept, state: 'waiting' };
    book.record({ kind: 'asked', record: record as OperationRecord });
    return key;
  }

  /** The loop has ended: what comes now is judged by how the order ended. */
  function concludeAfterwards(late: Late): Outcome {
    const { operation, asked, ...rest } = late;
    const verdict = verdictOn(operation, asked);
    const outcome: Outcome =
      verdict.kind === 'go' ? { kind: 'not_allowed', rule: 'the order has ended' } : verdict;
    book.record({ kind: 'concluded', outcome, ...rest });
    return outcome;
  }

  function verdictOn(operation: AskedOperation, { body, digest = '' }: Asked): Verdict {
    const standing = standingOf(viewOf(book.order));
    return judge(standing, { operation, request: body as never, digest });
  }

  function recordFor({ key }: { readonly key?: string }): OperationRecord | undefined {
    return key === undefined ? undefined : recordOf(book.order, key);
  }

  async function hear(key: string, until?: string): Promise<Answer> {
    if (isClosed) return { kind: 'moved' };
    return await waiting.wait(key, until);
  }

  function close(): void {
    isClosed = true;
    waiting.answerAll({ kind: 'moved' });
  }

  function refuseWhenFull(): void {
    if (isClosed) throw refusal('Moved', 'the order goes on in a new run; send the same again');
    if (waiting.count() >= CALLERS_LIMIT) {
      throw refusal('Busy', `${CALLERS_LIMIT} callers wait for this order already`);
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

/**
 * After "Reset" Temporal hands over once more what the run had accepted, however long ago: it was promised, so it is kept.
 * What really comes too late looks the same; its caller was told that it may have been taken.
 */
function isExpired({ notAfter }: { readonly notAfter?: string }): boolean {
  return notAfter !== undefined && Date.now() > Date.parse(notAfter) && !isReset();
}

/** All that waits must fit into what a run hands to the next: Temporal takes 2 MB, and a body may have 30 kB. */
function isCrowded({ operations }: Order): boolean {
  return operations.filter(isPending).length >= REQUESTS_LIMIT;
}

function isBusy({ phase, operations }: Order): boolean {
  if (isFinal(phase)) return false;
  const isInvited = phase === 'authorizing';
  return operations.some((it) => isPending(it) && !(isInvited && it.operation === 'create'));
}

function shapeOf(operation: AskedOperation): string {
  return `the message must look like ${EXAMPLES[operation]}`;
}
