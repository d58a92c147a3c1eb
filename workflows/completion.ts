/** The service has ended: completes the order with the real amount, which starts WeChat's charging. */
import { sleep } from '@temporalio/workflow';
import { ask, take } from './account.ts';
import { completeServiceOrder } from './activities.ts';
import type { Book } from './book.ts';
import type { CompleteRequest } from './contract.ts';
import type { Outcome, Work } from './request.ts';
import { settle } from './settle.ts';
import { delayUntilPast } from '../payscore/end-time.ts';
import { judgeCompletion } from '../payscore/judgement.ts';
import { completeBodyOf } from '../payscore/request-body.ts';
import { mayComplete } from '../payscore/rules.ts';

export function completion(book: Book, { body: request, receivedAt }: CompleteRequest): Work {
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
