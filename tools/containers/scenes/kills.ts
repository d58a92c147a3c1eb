/** Every container is killed while orders are under way; then the engine itself. */
import { secondsSince, until } from '../commands.ts';
import type { House } from '../house.ts';
import { chargedOnce } from '../ledger.ts';
import type { Order } from '../shop.ts';
import type { Tell } from '../table.ts';

const SERVICES = ['worker', 'api', 'proxy', 'temporal', 'postgres', 'temporal-ui'];
export const ORDERS = 6;

export async function killEach(house: House, tell: Tell): Promise<void> {
  for (const service of SERVICES) {
    const { result: back, seconds } = await amidOrders(house, async () => {
      await house.kill(service);
      return await house.untilServing();
    });
    tell(
      `${service} killed with -9`,
      `orders are opened again after ${back} s; ${ORDERS} of ${ORDERS} completed and paid after ${seconds} s`,
    );
    await until(`${service} is healthy`, () => house.isHealthy(service));
  }
}

export async function crashEngine(
  house: House,
  crash: () => Promise<boolean>,
  tell: Tell,
): Promise<void> {
  const { result, seconds } = await amidOrders(house, async () => {
    const begin = Date.now();
    if (!(await crash())) return undefined;
    return { up: secondsSince(begin), back: await house.untilServing() };
  });
  if (!result) return tell('the engine crashed', 'not played: it is not ours to crash');
  tell(
    'the engine crashed, started again',
    `up after ${result.up} s, orders are opened ${result.back} s later; ${ORDERS} of ${ORDERS} paid after ${seconds} s`,
  );
}

export async function downAndUp(house: House, tell: Tell): Promise<void> {
  const orders = await inService(house);
  const down = Date.now();
  await house.compose('down');
  const downSeconds = secondsSince(down);
  const left = await house.compose('ps', '--all', '--quiet');
  const begin = Date.now();
  await house.up();
  const upSeconds = secondsSince(begin);
  const served = Date.now();
  await house.untilServing();
  const shop = await house.shop();
  await Promise.all(orders.map(shop.finish));
  tell('docker compose down', `${downSeconds} s, nothing left running`, {
    be: 'nothing left',
    isSo: left === '',
  });
  tell(
    'docker compose up --wait, again',
    `${upSeconds} s; ${orders.length} orders of before completed and paid ${secondsSince(served)} s later`,
  );
  await chargedOnce(shop, orders);
}

/**
 * Does something while orders are completed and paid.
 *
 * @returns what it gave, and after how many seconds both were done
 * @throws {Error} for an order that was not charged once
 */
export async function amidOrders<T>(house: House, work: () => Promise<T>) {
  const shop = await house.shop();
  const orders = await inService(house);
  const begin = Date.now();
  const [result] = await Promise.all([work(), ...orders.map(shop.finish)]);
  const seconds = secondsSince(begin);
  await chargedOnce(shop, orders);
  return { result, seconds };
}

async function inService(house: House): Promise<Order[]> {
  const { serve } = await house.shop();
  return await Promise.all(Array.from({ length: ORDERS }, serve));
}
