/** A thousand orders, and then more at once than can be served: it must slow down, not fail. */
import { setTimeout as delay } from 'node:timers/promises';
import { secondsSince } from '../commands.ts';
import type { House } from '../house.ts';
import { openingOf, SERVICE_MS, type Answer, type Order, type Shop } from '../shop.ts';
import { wordsOf, type Tell } from '../table.ts';
import { memoryAt } from './begin.ts';

const ORDERS = 1_000;
const AT_ONCE = 40;
const CAPACITY_MS = 20_000;
const CAPACITY_WARM_MS = 5_000;
const LOAD_MS = 30_000;
/** Until the first of them have come as far as their completion. */
const WARM_MS = 8_000;
/** A caller that is turned away comes again for so long. */
const PATIENCE_MS = 60_000;

export async function thousandOrders(house: House, tell: Tell): Promise<void> {
  const shop = await house.shop();
  const begin = Date.now();
  let left = ORDERS;
  async function keepServing(): Promise<void> {
    while (left-- > 0) await shop.finish(await shop.serve());
  }
  await Promise.all(Array.from({ length: AT_ONCE }, keepServing));
  tell(`${ORDERS} orders, ${AT_ONCE} at once`, `all paid after ${secondsSince(begin)} s`);
  await memoryAt(`after ${ORDERS} orders`, house, tell);
}

/**
 * What can be answered changes by the minute on a machine with other work, so it is measured before and after each load: a load is
 * compared with the better of its neighbours, or with what was offered, where that was less.
 */
export async function overload(house: House, tell: Tell): Promise<void> {
  const shop = await house.shop();
  let before = await capacityOf(shop);
  for (const times of [1, 2, 5]) {
    const perSecond = before * times;
    const { goodput, answers } = await offered(shop, perSecond);
    // What was turned away is given up by now.
    await delay(5_000);
    const after = await capacityOf(shop);
    const possible = Math.min(perSecond, Math.max(before, after));
    const ratio = goodput / possible;
    tell(
      `offered ${times}× of what can be answered`,
      `goodput ${goodput.toFixed(1)} of ${possible.toFixed(1)} a second, ${ratio.toFixed(2)}; ${wordsOf(answers)}`,
      { be: 'at least 0.9', isSo: ratio >= 0.9 },
    );
    before = after;
  }
}

/** Callers that each wait for their answer, opening and completing. */
async function capacityOf(shop: Shop): Promise<number> {
  const begin = Date.now();
  const end = begin + CAPACITY_MS;
  let completed = 0;
  async function keepServing(): Promise<void> {
    while (Date.now() < end) {
      const order = await shop.newOrder();
      await shop.open(order);
      await delay(SERVICE_MS);
      const { status } = await shop.complete(order);
      const isCounted = Date.now() - begin > CAPACITY_WARM_MS && Date.now() < end;
      if (isGood(status) && isCounted) completed++;
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, keepServing));
  return completed / ((CAPACITY_MS - CAPACITY_WARM_MS) / 1_000);
}

/** New orders at this pace, whatever becomes of those before. */
async function offered(shop: Shop, perSecond: number) {
  const answers = new Map<number, number>();
  const note = ({ status }: Answer) => answers.set(status, (answers.get(status) ?? 0) + 1);
  // Users who have authorised before: what the simulator does for that is not part of the load.
  const orders: Order[] = [];
  while (orders.length < (perSecond * LOAD_MS) / 1_000) orders.push(await shop.newOrder());
  const begin = Date.now();
  let completed = 0;
  const customers: Promise<void>[] = [];
  for (const [nth, order] of orders.entries()) {
    const due = begin + (nth * 1_000) / perSecond;
    await delay(Math.max(0, due - Date.now()));
    customers.push(serve(order));
  }
  await Promise.all(customers);
  return { goodput: completed / ((LOAD_MS - WARM_MS) / 1_000), answers };

  async function serve(order: Order): Promise<void> {
    const open = () => shop.call('POST', '/v1/service-orders', openingOf(order));
    if (!(await untilKnown(open))) return;
    await delay(SERVICE_MS);
    if (!(await untilKnown(shop.completion(order)))) return;
    const at = Date.now() - begin;
    if (at >= WARM_MS && at < LOAD_MS) completed++;
  }

  /** Comes again when it is told to, or while it is not known: 202. */
  async function untilKnown(call: () => Promise<Answer>): Promise<boolean> {
    const end = Math.min(Date.now() + PATIENCE_MS, begin + LOAD_MS);
    while (Date.now() < end) {
      const answer = await call();
      note(answer);
      if (answer.status === 200 || answer.status === 201) return true;
      await delay(answer.retryAfterMs ?? 1_000);
    }
    return false;
  }
}

function isGood(status: number): boolean {
  return status >= 200 && status < 300;
}
