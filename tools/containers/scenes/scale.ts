/** Two workers and two APIs behind the proxy; then one of each is killed under load. */
import { secondsSince, until } from '../commands.ts';
import type { House } from '../house.ts';
import { openingOf } from '../shop.ts';
import { wordsOf, type Tell } from '../table.ts';
import { amidOrders } from './kills.ts';

const SECONDS = 15;
const AT_ONCE = 8;

export async function scale(house: House, tell: Tell): Promise<void> {
  const { compose, containersOf, kill } = house;
  const begin = Date.now();
  await house.type('scale');
  const apis = (await containersOf('api')).length;
  const workers = (await containersOf('worker')).length;
  tell(
    'up --scale worker=2 --scale api=2',
    `${apis} APIs, ${workers} workers in ${secondsSince(begin)} s`,
    {
      be: '2 and 2',
      isSo: apis === 2 && workers === 2,
    },
  );

  const { result } = await amidOrders(house, async () => {
    const opening = openingsFor(SECONDS * 1_000, house);
    await kill('api', 1);
    await kill('worker', 1);
    return await opening;
  });
  const { counts, most } = result;
  tell(
    'of two, one API and one worker killed with -9 under openings',
    `${wordsOf(counts)}; the slowest ${most} s`,
    { be: 'no 5xx but for what was on its way', isSo: failuresIn(counts) <= AT_ONCE },
  );
  await until('all are healthy', () => house.isHealthy('api'));
  await compose(
    'up',
    '--detach',
    '--wait',
    '--no-recreate',
    '--scale',
    'worker=1',
    '--scale',
    'api=1',
  );
}

/** What openings are answered, each asked once. */
async function openingsFor(ms: number, house: House) {
  const { newOrder, call } = await house.shop();
  const counts = new Map<number, number>();
  let most = 0;
  const end = Date.now() + ms;
  async function keepOpening(): Promise<void> {
    while (Date.now() < end) {
      const order = await newOrder();
      const begin = Date.now();
      const { status } = await call('POST', '/v1/service-orders', openingOf(order));
      most = Math.max(most, secondsSince(begin));
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, keepOpening));
  return { counts, most };
}

function failuresIn(counts: ReadonlyMap<number, number>): number {
  return [...counts].reduce(
    (sum, [status, count]) => sum + (status === 0 || status >= 500 ? count : 0),
    0,
  );
}
