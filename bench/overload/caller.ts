/** Business code with a user: opens an order, and completes it when its service is over. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Control } from '../../simulator/control.ts';
import { createApiClient, isTurnedAway, type ApiAnswer } from '../../test/support/api-client.ts';
import { rental, rentalEnd } from '../../test/support/orders.ts';
import type { Tally } from './tally.ts';

/** How soon they ask again who were told to wait: `honours` takes Retry-After by its word, `insists` does not look at it. */
export type Manner = 'honours' | 'insists';

/** WeChat Pay takes an end only when it has passed, and counts in seconds. */
const SERVICE_MS = 2_100;
const INSISTS_MS = 250;
const AGAIN_MS = 1_000;
/** So long somebody tries to open an order, or to complete it. */
const PATIENCE_MS = 20_000;

export interface World {
  readonly url: string;
  readonly people: Control;
  readonly tally: Tally;
  readonly manner: Manner;
  readonly signal: AbortSignal;
}

/** Both answered with success, or given up. The user pays, so that WeChat Pay calls back. */
export async function pair(world: World): Promise<void> {
  const { people, tally, signal } = world;
  const api = createApiClient(world.url).once;
  const order = rental({ risk_fund: { amount: 2_000 }, deadlines: { creation_seconds: 600 } });
  const { out_order_no } = order;
  try {
    await people.authorise(order.openid);
    if (!(await succeeds(world, () => api.open(order)))) return;
    await delay(SERVICE_MS, undefined, { signal });
    const headers = { 'idempotency-key': `end-${out_order_no}` };
    const end = rentalEnd(500);
    if (!(await succeeds(world, () => api.complete(out_order_no, end, headers)))) return;
    tally.paired();
    await people.pay(out_order_no);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Repeats the same until it is done. What was taken, and is not known yet, is asked for again as well. */
async function succeeds(
  { tally, manner, signal }: World,
  ask: () => Promise<ApiAnswer>,
): Promise<boolean> {
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    const begin = performance.now();
    const { status, headers } = await ask();
    signal.throwIfAborted();
    tally.answered(status, performance.now() - begin);
    if (status === 200 || status === 201) return true;
    if (status !== 202 && !isTurnedAway({ status })) return false;
    const told = Number(headers.get('retry-after') ?? 0) * 1_000;
    const waitMs = manner === 'insists' ? INSISTS_MS : told || AGAIN_MS;
    await delay(waitMs, undefined, { signal });
  }
  return false;
}
