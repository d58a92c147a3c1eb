/** From nothing to a stack that serves: how long it takes, how large it is. */
import { secondsSince } from '../commands.ts';
import type { House } from '../house.ts';
import type { Tell } from '../table.ts';

const MOST_MEGABYTES = 450;

export async function build({ compose, docker }: House, tell: Tell): Promise<void> {
  const begin = Date.now();
  await compose('build', '--quiet');
  tell('docker compose build', `${secondsSince(begin)} s`);
  const megabytes = Math.round(
    Number(await docker('image', 'inspect', '--format', '{{.Size}}', 'payscore-orders')) / 1e6,
  );
  tell('image of the programs', `${megabytes} MB`, {
    be: `at most ${MOST_MEGABYTES} MB`,
    isSo: megabytes <= MOST_MEGABYTES,
  });
}

export async function up({ compose, shop }: House, tell: Tell): Promise<void> {
  const begin = Date.now();
  await compose('up', '--detach', '--wait', '--quiet-pull');
  tell('docker compose up --wait, of nothing', `${secondsSince(begin)} s`);
  const order = await shop.serve();
  await shop.finish(order);
  tell('an order', 'opened, completed, paid');
}

export async function memoryAt(when: string, { memory }: House, tell: Tell): Promise<void> {
  const services = [...(await memory())].toSorted(([, a], [, b]) => b - a);
  tell(`memory ${when}`, services.map(([name, mib]) => `${name} ${Math.round(mib)}`).join(', ') + ' MiB');
}
