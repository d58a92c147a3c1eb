/** Another version of the programs, while orders go on. */
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { secondsSince } from '../commands.ts';
import type { House } from '../house.ts';
import { chargedOnce } from '../ledger.ts';
import type { Tell } from '../table.ts';
import { inService } from './kills.ts';

export async function upgrade(house: House, tell: Tell): Promise<void> {
  const shop = await house.shop();
  const orders = await inService(house);
  const idOf = async () => (await house.containersOf('api')).join();
  const before = await idOf();
  await appendFile(join(house.folder, 'api/main.ts'), '\n// Another version.\n');
  const begin = Date.now();
  const upgrading = house.type('upgrade');
  await Promise.all(orders.map(shop.finish));
  await upgrading;
  tell(
    'another version, built and brought up',
    `${secondsSince(begin)} s; ${orders.length} orders of before completed and paid meanwhile`,
    {
      be: 'other containers',
      isSo: (await idOf()) !== before,
    },
  );
  await chargedOnce(shop, orders);
}
