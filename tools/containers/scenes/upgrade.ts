/** Another version of the programs, while orders go on. */
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { House } from '../house.ts';
import type { Tell } from '../table.ts';
import { amidOrders, ORDERS } from './kills.ts';

export async function upgrade(house: House, tell: Tell): Promise<void> {
  const idOf = async () => (await house.containersOf('api')).join();
  const before = await idOf();
  await appendFile(join(house.folder, 'api/main.ts'), '\n// Another version.\n');
  const { seconds } = await amidOrders(house, () => house.type('upgrade'));
  tell(
    'another version, built and brought up',
    `${seconds} s; ${ORDERS} orders of before completed and paid meanwhile`,
    { be: 'other containers', isSo: (await idOf()) !== before },
  );
}
