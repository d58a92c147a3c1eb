/** Every container is killed while orders are under way; then the engine itself. */
import { secondsSince, until } from '../commands.ts';
import type { House } from '../house.ts';
import { chargedOnce } from '../ledger.ts';
import type { Order } from '../shop.ts';
import type { Tell } from '../table.ts';

const SERVICES = ['worker', 'api', 'proxy', 'temporal', 'postgres', 'temporal-ui'];
const ORDERS = 6;

export async function killEach(house: House, tell: Tell): Promise<void> {
  for (const service of SERVICES) {
    const shop = await house.shop();
    const orders = await inService(house);
    const finishing = Promise.all(orders.map(shop.finish));
    const begin = Date.now();
    await house.kill(service);
    const back = await house.untilServing();
    await finishing;
    tell(
      `${service} killed with -9`,
      `orders are opened again after ${back} s; ${orders.length} of ${orders.length} completed and paid after ${secondsSince(begin)} s`,
    );
    await until(`${service} is healthy`, () => house.isHealthy(service));
    await chargedOnce(shop, orders);
  }
}

export async function crashEngine(
  house: House,
  crash: () => Promise<boolean>,
  tell: Tell,
): Promise<void> {
  const shop = await house.shop();
  const orders = await inService(house);
  const finishing = Promise.all(orders.map(shop.finish));
  const begin = Date.now();
  if (!(await crash())) return tell('the engine crashed', 'not played: it is not ours to crash');
  const up = secondsSince(begin);
  const back = await house.untilServing();
  await finishing;
  tell(
    'the engine crashed, started again',
    `up after ${up} s, orders are opened ${back} s later; ${orders.length} of ${orders.length} paid after ${secondsSince(begin)} s`,
  );
  await chargedOnce(shop, orders);
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

export async function inService(house: House, count = ORDERS): Promise<Order[]> {
  const { serve } = await house.shop();
  return await Promise.all(Array.from({ length: count }, serve));
}
