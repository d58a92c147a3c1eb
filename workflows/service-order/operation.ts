/** Carries out what was asked for: completes, corrects, cancels or settles the order at WeChat Pay. */
import { sleep } from '@temporalio/workflow';
import { queryUntil, queryUntilAnswered, pause } from '../unknown-outcome/query.ts';
import { inTrace, SEND } from '../activities.ts';
import type { OrderState } from './order-state.ts';
import { execute, type Executed } from '../unknown-outcome/execute.ts';
import { decisionOn } from '../../payscore/rules/request-outcome.ts';
import type { UnresolvedTimer } from '../unknown-outcome/unresolved-timer.ts';
import { delayUntilPast } from '../../payscore/times/end-time.ts';
import { lastArrivalOf } from '../../payscore/times/in-flight.ts';
import { effectOfOperation } from '../../payscore/rules/effect-of-operation.ts';
import type { OperationRecord, Outcome, JsonBody } from '../../payscore/order/operation.ts';
import type { AskedOperation } from '../../payscore/order/operation-name.ts';
import { isFinal } from '../../payscore/rules/phase.ts';
import { bodyOf } from '../../payscore/order/request-body.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';
import { words } from '../words.ts';

/** Of the cancellation by which an order is given up that came to exist too late, or in the wrong mode. */
export const GIVING_UP = 'own/giving-up';

export type AskedRecord = Extract<OperationRecord, { operation: AskedOperation }>;

/** @returns undefined when WeChat must tell first how the order stands: it is begun again then */
export async function carryOut(
  state: OrderState,
  record: AskedRecord,
  timer: UnresolvedTimer,
): Promise<Outcome | undefined> {
  const { operation, key } = record;
  if (operation === 'cancel' && state.order.phase === 'authorizing') {
    state.apply({ kind: 'withdrawn' });
    return { kind: 'done' };
  }
  const body = record.body ?? newBody(state, record);
  if (!record.body) state.apply({ kind: 'started', key, body });
  if (await untilSendable(state, operation, body)) {
    // What arrived meanwhile counts, and the rules may say something else now.
    await queryUntilAnswered(state, timer);
    const decision = decisionOn(state.order, record);
    if (decision.kind !== 'go') return decision;
  }
  const { traceparent } = record;
  const executed = await executeInsistently(state, { operation, key, body, timer, traceparent });
  switch (executed.kind) {
    case 'refused':
      return executed;
    case 'impossible':
    case 'unwanted':
      return { kind: 'not_allowed', rule: executed.rule };
    case 'expired':
      return { kind: 'not_allowed', rule: { code: 'not_done_in_time' } };
    case 'overtaken':
      return undefined;
    case 'applied':
      if (executed.by === 'answer') {
        state.apply({ kind: 'observed', by: operation, serviceOrder: executed.said });
      }
      await queryUntil(state, timer, () => isReflected(state, operation, body));
      return { kind: 'done' };
  }
}

interface Sent {
  readonly operation: AskedOperation;
  readonly key: string;
  readonly body: JsonBody;
  readonly timer: UnresolvedTimer;
  readonly traceparent?: string | undefined;
}

/** An order that was given up must not stay: there is nobody to whom a refusal could be left. */
async function executeInsistently(state: OrderState, sent: Sent): Promise<Executed> {
  const { operation, key, body, timer } = sent;
  for (let round = 1; ; round++) {
    const executed = await execute(state, {
      key,
      timer,
      send: (sendBefore) => send(state, sent, sendBefore),
      effectOf: (said) => effectOfOperation(state.order, { operation, body }, said),
    });
    if (executed.kind !== 'refused' || key !== GIVING_UP) return executed;
    const refusal = { ...executed.refusal, operation };
    state.apply({ kind: 'troubled', trouble: 'operation_refused', refusal });
    await pause(round + 3, words.summaries.timers.cancelAgain);
  }
}

async function send(
  state: OrderState,
  { operation, body, traceparent }: Sent,
  sendBefore: string,
): Promise<ServiceOrder | undefined> {
  const { out_order_no } = state.order;
  const within = inTrace(traceparent);
  if (operation !== 'complete') {
    return await SEND[operation](out_order_no, body, sendBefore, ...within);
  }
  const { serviceOrder, firstLookMs } = await SEND.complete(
    out_order_no,
    body,
    sendBefore,
    ...within,
  );
  state.firstLookMs = firstLookMs;
  return serviceOrder;
}

function newBody({ order }: OrderState, { operation, request, receivedAt }: AskedRecord): JsonBody {
  const clock = { receivedAt: new Date(receivedAt), now: new Date() };
  if (!request) throw new Error(`${operation} without a request`);
  return bodyOf(order, operation, request, clock);
}

/** @returns whether it waited for what might arrive */
async function untilSendable(
  { order }: OrderState,
  operation: AskedOperation,
  body: JsonBody,
): Promise<boolean> {
  if (operation === 'complete') {
    // WeChat takes only an `end_time` that has passed, and a service may end in the second it began.
    const { end_time } = body['time_range'] as { end_time: string };
    const delayMs = delayUntilPast(end_time, new Date());
    if (delayMs > 0) await sleep(delayMs, { summary: words.summaries.timers.ended });
  }
  if (operation === 'modify') {
    const { lateArrivalUntil = '1970-01-01' } = order;
    const arrived = Math.max(Date.parse(lateArrivalUntil), lastArrivalOf(order));
    const left = arrived - Date.now();
    if (left <= 0) return false;
    await sleep(left, { summary: words.summaries.timers.correctionArrived });
    return true;
  }
  return false;
}

/** Whether the order shows what WeChat has said yes to. */
function isReflected({ order }: OrderState, operation: AskedOperation, body: JsonBody): boolean {
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
