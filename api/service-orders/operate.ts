/** Completes, corrects, cancels or settles an order, with an answer or without. */
import { readOrder } from './read.ts';
import { deadlines, type Deadlines } from '../http/deadline.ts';
import type { Kept } from '../http/replayed.ts';
import { problemOf } from '../http/temporal-problems.ts';
import { look } from './run.ts';
import { withDeadline, runOf, type Temporal } from '../../temporal/client.ts';
import { isNotRunning } from '../../temporal/errors.ts';
import { keyReused, refusedByWechatPay, sendUpdate } from './update.ts';
import type { ProblemKind } from '../../answers/problem.ts';
import { activeTraceparent } from '../../process/spans.ts';
import { Problem } from '../http/problems.ts';
import type { Fact } from '../../payscore/order/fact.ts';
import { outcomeOf, type Requests } from '../../payscore/order/operation.ts';
import type { AskedOperation } from '../../payscore/order/operation-name.ts';
import { isFinal } from '../../payscore/rules/phase.ts';
import { decide } from '../../payscore/rules/decide.ts';
import { recordOfTold, orderFactsOf, type OrderView } from '../../payscore/order/view.ts';
import type { Sentence } from '../../words/sentence.ts';
import { updateIdOf } from '../../temporal/update-id.ts';
import { OPERATIONS, type OperationRequest } from '../../workflows/contract.ts';

/** An answer that is given at the last moment must still reach the caller. */
const MARGIN_MS = 1_000;

export interface Wanted<Name extends AskedOperation> {
  readonly operation: Name;
  readonly out_order_no: string;
  readonly body: Requests[Name];
  /** Of the body as it was sent. */
  readonly digest: string;
  /** Business code's `Idempotency-Key`, or a random one. */
  readonly key: string;
  /** The key is business code's. */
  readonly isKeyed: boolean;
  /** The name of the API key by which it is asked for. */
  readonly by?: string | undefined;
}

/**
 * Carries it out and waits for what WeChat says.
 *
 * @returns the order, or undefined when the request was taken but its outcome is not known in time; and whether the key was known
 * @throws {Problem} `not-allowed`, `refused-by-wechat-pay`, `key-reused`, `not-found`, `busy`, `not-taken`
 */
export async function operate<Name extends AskedOperation>(
  temporal: Temporal,
  wanted: Wanted<Name>,
): Promise<Kept<OrderView | undefined>> {
  const { operation, out_order_no } = wanted;
  const until = deadlines(temporal);
  const request = requestOf(wanted);
  for (;;) {
    const updated = await sendUpdate(
      temporal,
      {
        name: OPERATIONS[operation].update.name,
        out_order_no,
        updateId: updateIdOf(operation, request.key, request.digest),
        args: [{ ...request, notAfter: new Date(until.call - MARGIN_MS).toISOString() }],
      },
      until,
    ).catch(async (error: unknown) => {
      throw await asKept(error, temporal, { ...request, out_order_no }, until);
    });
    if (updated === 'pending') return { outcome: undefined, isReplayed: false };
    if (updated !== 'ended') return { outcome: updated, isReplayed: isKnown(updated, request) };
    if (!(await isMoved(temporal, out_order_no, until))) {
      return await afterTheEnd(temporal, wanted, until);
    }
  }
}

/** Whether the key came with an earlier request: an order keeps when it took the first. */
function isKnown({ operations }: OrderView, { key, receivedAt }: Keyed): boolean {
  const first = operations.find(({ idempotency_key }) => idempotency_key === key);
  return first !== undefined && first.received_at !== receivedAt;
}

type Keyed = Pick<OperationRequest<unknown>, 'key' | 'receivedAt' | 'isKeyed'>;

/** A refusal does not tell whose it is: the order does. */
async function asKept(
  error: unknown,
  temporal: Temporal,
  { out_order_no, ...asked }: Keyed & { readonly out_order_no: string },
  { all }: Deadlines,
): Promise<unknown> {
  const isOutcome = error instanceof Problem && OUTCOMES.includes(error.kind);
  if (!isOutcome || !asked.isKeyed) return error;
  // Where it cannot be read, the refusal counts for more than whose it is.
  const order = await readOrder(temporal, out_order_no, { call: all, all }).catch(() => undefined);
  if (!order || !isKnown(order, asked)) return error;
  return new Problem(error.kind, { ...error.facts, isReplayed: true });
}

const OUTCOMES: readonly ProblemKind[] = ['not-allowed', 'refused-by-wechat-pay'];

/** Leaves the request with Temporal, which keeps it until a worker takes it. */
export async function enqueueRequest<Name extends AskedOperation>(
  temporal: Temporal,
  wanted: Wanted<Name>,
): Promise<void> {
  const { operation, out_order_no } = wanted;
  const until = deadlines(temporal);
  try {
    await withDeadline(temporal, until.call, () =>
      runOf(temporal, out_order_no).signal(OPERATIONS[operation].signal, requestOf(wanted)),
    );
  } catch (error) {
    if (!isNotRunning(error)) throw problemOf(error);
    await afterTheEnd(temporal, wanted, until);
  }
}

function requestOf<Name extends AskedOperation>({ body, key, isKeyed, digest, by }: Wanted<Name>) {
  const traceparent = activeTraceparent();
  return {
    ...(by !== undefined && { by }),
    ...(traceparent !== undefined && { traceparent }),
    body,
    key,
    isKeyed,
    digest,
    receivedAt: new Date().toISOString(),
  } satisfies OperationRequest<Requests[Name]>;
}

/** The run that was spoken to has ended, and the order goes on in the next one. */
async function isMoved(
  temporal: Temporal,
  out_order_no: string,
  until: Deadlines,
): Promise<boolean> {
  const found = await look(temporal, out_order_no, until.all);
  return found?.description.status.name === 'RUNNING' && Date.now() < until.call;
}

/** An order that has ended: the same key gets its first outcome, the same effect is there, all else comes too late. */
async function afterTheEnd<Name extends AskedOperation>(
  temporal: Temporal,
  { operation, out_order_no, body, digest, key }: Wanted<Name>,
  { all }: Deadlines,
): Promise<Kept<OrderView>> {
  const order = await readOrder(temporal, out_order_no, { call: all, all });
  const before = order.operations.find(({ idempotency_key }) => idempotency_key === key);
  if (before && (before.operation !== operation || before.digest !== digest)) throw keyReused();
  const outcome = before && outcomeOf(recordOfTold(before));
  const isReplayed = outcome !== undefined;
  if (outcome?.kind === 'refused') throw refusedByWechatPay(outcome.refusal, isReplayed);
  const decision = outcome ?? decide(orderFactsOf(order), { operation, request: body, digest });
  if (decision.kind === 'done') return { outcome: order, isReplayed };
  const rule = decision.kind === 'not_allowed' ? decision.rule : undefined;
  const detail = isFinal(order.phase) ? whyEnded(order, rule) : whyNotRunning(order);
  throw new Problem('not-allowed', { detail, isReplayed });
}

function whyEnded({ phase, total_amount }: OrderView, rule: Fact | undefined): Sentence {
  return ({ fact, problems }) => problems.orders.ended(phase, total_amount, rule && fact(rule));
}

function whyNotRunning({ explanation, phase }: OrderView): Sentence {
  return ({ fact, problems }) =>
    explanation ? fact(explanation) : problems.orders.endedFromOutside(phase);
}
