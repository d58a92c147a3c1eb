/** Carries out what was asked for: completes, corrects, cancels or settles the order at WeChat Pay. */
import { sleep } from '@temporalio/workflow';
import { askUntil, askUntilAnswered, pause } from './account.ts';
import { SEND } from './activities.ts';
import type { Book } from './book.ts';
import { settle, type Settled } from './settle.ts';
import { verdictOf } from './verdict.ts';
import type { Watch } from './watch.ts';
import { delayUntilPast } from '../payscore/end-time.ts';
import { lastArrivalOf } from '../payscore/in-flight.ts';
import { judgeOperation } from '../payscore/judgement.ts';
import type { AskedOperation, OperationRecord, Outcome } from '../payscore/operation.ts';
import { isFinal } from '../payscore/phase.ts';
import { bodyOf, type JsonBody } from '../payscore/request-body.ts';

/** Of the cancellation by which an order is given up that came to exist too late, or in the wrong mode. */
export const GIVING_UP = 'own/giving-up';

export type AskedRecord = Extract<OperationRecord, { operation: AskedOperation }>;

export async function carryOut(book: Book, record: AskedRecord, watch: Watch): Promise<Outcome> {
  const { operation, key } = record;
  if (operation === 'cancel' && book.order.phase === 'authorizing') {
    book.record({ kind: 'withdrawn' });
    return { kind: 'done' };
  }
  const body = record.body ?? newBody(book, record);
  if (!record.body) book.record({ kind: 'started', key, body });
  if (await untilSendable(book, operation, body)) {
    // What arrived meanwhile counts, and the rules may say something else now.
    await askUntilAnswered(book, watch);
    const verdict = verdictOf(book.order, record);
    if (verdict.kind !== 'go') return verdict;
  }
  const settled = await settleInsistently(book, { operation, key, body, watch });
  switch (settled.kind) {
    case 'refused':
      return settled;
    case 'impossible':
    case 'unwanted':
      return { kind: 'not_allowed', rule: settled.rule };
    case 'expired':
      return { kind: 'not_allowed', rule: 'it was not done in time' };
    case 'applied':
      if (settled.by === 'answer') {
        book.record({ kind: 'observed', by: operation, serviceOrder: settled.said });
      }
      await askUntil(book, watch, () => isReflected(book, operation, body));
      return { kind: 'done' };
  }
}

interface Sent {
  readonly operation: AskedOperation;
  readonly key: string;
  readonly body: JsonBody;
  readonly watch: Watch;
}

/** An order that was given up must not stay: there is nobody to whom a refusal could be left. */
async function settleInsistently(book: Book, sent: Sent): Promise<Settled> {
  const { operation, key, body, watch } = sent;
  const { out_order_no } = book.order;
  for (let round = 1; ; round++) {
    const settled = await settle(book, {
      key,
      watch,
      send: (sendBefore) => SEND[operation](out_order_no, body, sendBefore),
      judge: (said) => judgeOperation(book.order, { operation, body }, said),
    });
    if (settled.kind !== 'refused' || key !== GIVING_UP) return settled;
    const refusal = { ...settled.refusal, operation };
    book.record({ kind: 'troubled', trouble: 'operation_refused', refusal });
    await pause(round + 3, 'before the cancellation is sent again');
  }
}

function newBody({ order }: Book, { operation, request, receivedAt }: AskedRecord): JsonBody {
  const clock = { receivedAt: new Date(receivedAt), now: new Date() };
  if (!request) throw new Error(`${operation} without a request`);
  return bodyOf(order, operation, request, clock);
}

/** @returns whether it waited for what might arrive */
async function untilSendable(
  { order }: Book,
  operation: AskedOperation,
  body: JsonBody,
): Promise<boolean> {
  if (operation === 'complete') {
    // WeChat takes only an `end_time` that has passed, and a service may end in the second it began.
    const { end_time } = body['time_range'] as { end_time: string };
    const delayMs = delayUntilPast(end_time, new Date());
    if (delayMs > 0) await sleep(delayMs, { summary: 'until end_time has passed' });
  }
  if (operation === 'modify') {
    const { stragglerUntil = '1970-01-01' } = order;
    const arrived = Math.max(Date.parse(stragglerUntil), lastArrivalOf(order));
    const left = arrived - Date.now();
    if (left <= 0) return false;
    await sleep(left, { summary: 'until no earlier correction can arrive any more' });
    return true;
  }
  return false;
}

/** Whether the order shows what WeChat has said yes to. */
function isReflected({ order }: Book, operation: AskedOperation, body: JsonBody): boolean {
  switch (operation) {
    case 'complete':
      return order.phase !== 'in_service';
    case 'modify':
      return isFinal(order.phase) || order.serviceOrder?.total_amount === body['total_amount'];
    case 'cancel':
    case 'sync':
      return isFinal(order.phase);
  }
}
