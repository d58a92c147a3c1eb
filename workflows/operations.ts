/** What can be done with an order: one table for every operation's update and signal, and how each is performed. */
import type { SignalDefinition, UpdateDefinition } from '@temporalio/common';
import { ActivityFailure, sleep } from '@temporalio/workflow';
import {
  completeServiceOrder,
  createServiceOrder,
  getPermission,
  getServiceOrder,
} from './activities.ts';
import type { Book } from './book.ts';
import { complete, serviceEnded, type CompleteRequest } from './contract.ts';
import type { Outcome, Work } from './request.ts';
import { pauseAfter, refusalIn, settle, type Account } from './settle.ts';
import { delayUntilPast } from '../payscore/end-time.ts';
import { judgeCompletion, judgeCreation } from '../payscore/judgement.ts';
import type { Phase } from '../payscore/phase.ts';
import { completeBodyOf, createBodyOf } from '../payscore/request-body.ts';
import { mayComplete } from '../payscore/rules.ts';
import type { OrderView } from '../payscore/view.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

export interface Operation<Asked> {
  readonly update: UpdateDefinition<OrderView, [Asked]>;
  readonly signal: SignalDefinition<[Asked]>;
  /** Shown in the web UI beside the message. */
  readonly description: string;
  work(book: Book, asked: Asked): Work;
}

export const OPERATIONS: readonly Operation<CompleteRequest>[] = [
  {
    update: complete,
    signal: serviceEnded,
    description: 'The service has ended: complete the order with the real amount, in fen',
    work: completion,
  },
];

/** Asks for the permission and creates the order: the first thing that any order does. */
export function creation(book: Book): Work {
  return {
    name: 'create',
    judge: () => ({ kind: 'go' }),
    async perform() {
      const { opening } = book.order;
      if (!(await isAuthorised(book))) return { kind: 'done' };
      const body = createBodyOf(opening);
      const settled = await settle({
        send: () => createServiceOrder(body),
        ask: () => ask(book),
        judge: (said) => judgeCreation(opening, said),
      });
      if (settled.kind === 'refused') return settled;
      if (settled.kind === 'impossible') book.record(settled);
      else await take(book, 'create', settled);
      return { kind: 'done' };
    },
  };
}

/**
 * Whether the user has authorised the service. Before the order ends without that, WeChat is asked whether it exists
 * all the same: a run may take up a number that an earlier run of it created.
 */
async function isAuthorised(book: Book): Promise<boolean> {
  const { service, request } = book.order.opening;
  const { appid, service_id } = service;
  try {
    const { authorization_state } = await getPermission({
      openid: request.openid,
      appid,
      service_id,
    });
    if (authorization_state === 'AVAILABLE') return true;
    await ask(book);
    book.record({ kind: 'unauthorized', authorization_state });
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const { cause } = error;
    await ask(book);
    book.record({
      kind: 'unreachable',
      explanation: `The user's permission could not be asked for: ${cause?.message ?? 'no answer'}.`,
      refusal: refusalIn(cause),
    });
  }
  return false;
}

function completion(book: Book, { body: request, receivedAt }: CompleteRequest): Work {
  return {
    name: 'complete',
    judge: () => mayComplete(book.order, request),
    async perform(): Promise<Outcome> {
      const now = new Date();
      const received = receivedAt === undefined ? now : new Date(receivedAt);
      const body = completeBodyOf(book.order, request, { receivedAt: received, now });
      book.record({ kind: 'completing', completion: { request, body } });
      await untilPast(body);
      const { out_order_no } = book.order.opening.request;
      const settled = await settle({
        send: () => completeServiceOrder(out_order_no, body),
        ask: () => ask(book),
        judge: (said) => judgeCompletion(book.order, body, said),
      });
      if (settled.kind === 'refused') return settled;
      if (settled.kind === 'impossible') return { kind: 'no', rule: settled.rule };
      await take(book, 'complete', settled);
      return { kind: 'done' };
    },
  };
}

/** WeChat takes only an `end_time` that has passed, and a service may end in the second it began. */
async function untilPast(body: Readonly<Record<string, unknown>>): Promise<void> {
  const { end_time } = body['time_range'] as { end_time: string };
  const delayMs = delayUntilPast(end_time, new Date());
  if (delayMs > 0) await sleep(delayMs, { summary: 'until end_time has passed' });
}

/** Notes what was applied; where an operation's answer cannot settle the order, WeChat is asked until its account does. */
async function take(
  book: Book,
  operation: 'create' | 'complete',
  { by, said }: { by: 'answer' | 'query'; said: ServiceOrder },
): Promise<void> {
  const begun: Phase = operation === 'create' ? 'creating' : 'in_service';
  if (by === 'answer') book.record({ kind: 'observed', by: operation, serviceOrder: said });
  for (let round = 1; book.order.phase === begun; round++) {
    if (round > 1) {
      await sleep(pauseAfter(round), { summary: 'before WeChat Pay is asked again' });
    }
    await ask(book);
  }
}

/** WeChat's own account of this order, noted at once, whoever asked and whatever for. */
export async function ask(book: Book): Promise<Account> {
  const { service, request } = book.order.opening;
  const { appid, service_id } = service;
  try {
    const { out_order_no } = request;
    const said = await getServiceOrder({ out_order_no, appid, service_id });
    if (said && isThisOrder(book, said)) {
      book.record({ kind: 'observed', by: 'query', serviceOrder: said });
    }
    return said;
  } catch (error) {
    if (error instanceof ActivityFailure) return 'refused';
    throw error;
  }
}

/** Until it is created, the number may turn out to belong to another order. */
function isThisOrder({ order }: Book, said: ServiceOrder): boolean {
  return order.phase !== 'creating' || judgeCreation(order.opening, said).kind === 'applied';
}
