/** Business code and its user: one plain order from its opening until it is paid, and how long each step was waited for. */
import { setTimeout as delay } from 'node:timers/promises';
import { workflowIdOf } from '../../workflows/contract.ts';
import { isTurnedAway, type ApiAnswer } from '../../test/support/api-client.ts';
import { newNumber, newOpenid, rental, rentalEnd } from '../../test/support/orders.ts';
import { quantile } from '../statistics.ts';
import { SERVICE_MS } from './service.ts';
import type { Installation } from './installation.ts';

const AGAIN_MS = 500;

export interface Waited {
  readonly openMs: number;
  readonly completeMs: number;
  /** From the moment at which WeChat Pay charges until the order has ended, paid. */
  readonly paidMs: number;
}

type Parts = Pick<Installation, 'api' | 'people' | 'client' | 'mchid'>;

export async function carryOrder(
  parts: Parts,
): Promise<Waited & { readonly out_order_no: string }> {
  const { people, api, client, mchid } = parts;
  const { out_order_no, openMs } = await openOrder(parts);
  await delay(SERVICE_MS);
  const completed = await timed(() => taken(() => api().complete(out_order_no, rentalEnd(500))));
  expectDone(completed.value);
  const paid = await timed(async () => {
    await people.pay(out_order_no);
    await client.workflow.getHandle(workflowIdOf(mchid, out_order_no)).result();
  });
  return { out_order_no, openMs, completeMs: completed.ms, paidMs: paid.ms };
}

/** It stays in service. */
export async function openOrder({ people, api }: Parts) {
  const order = rental({ out_order_no: newNumber(), openid: newOpenid() });
  await people.authorise(order.openid);
  const opened = await timed(() => taken(() => api().open(order)));
  expectDone(opened.value);
  return { out_order_no: order.out_order_no, openMs: opened.ms };
}

/** Where it was not taken, or its outcome is not there in time, the same is asked again, and that wait is part of its own. */
async function taken(ask: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
  for (;;) {
    const answer = await ask();
    if (answer.status !== 202 && !isTurnedAway(answer)) return answer;
    await delay(AGAIN_MS);
  }
}

async function timed<T>(work: () => Promise<T>) {
  const begin = performance.now();
  const value = await work();
  return { value, ms: performance.now() - begin };
}

function expectDone({ status, body }: ApiAnswer): void {
  if (status !== 200 && status !== 201)
    throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
}

/** In one line, for people. */
export function stepsOf(waited: readonly Waited[]): string {
  const step = (name: string, of: (it: Waited) => number) => {
    const all = waited.map(of);
    return `${name} p50 ${quantile(all, 0.5).toFixed(0)} p99 ${quantile(all, 0.99).toFixed(0)}`;
  };
  return [
    step('open', ({ openMs }) => openMs),
    step('complete', ({ completeMs }) => completeMs),
    step('pay to paid', ({ paidMs }) => paidMs),
  ].join('; ');
}
