/** From nothing to a stack that serves: how long it takes, how large it is. */
import { secondsSince } from '../commands.ts';
import type { House } from '../house.ts';
import type { Tell } from '../table.ts';

const MOST_MEGABYTES = 450;

/** As docs/production.md has it, by an engine that has built nothing before. */
export async function install(house: House, tell: Tell): Promise<void> {
  const begin = Date.now();
  await house.type('install');
  tell('installed: built, up and healthy', `${secondsSince(begin)} s`);

  const bytes = await house.docker('image', 'inspect', '-f', '{{.Size}}', 'payscore-orders');
  const megabytes = Math.round(Number(bytes) / 1e6);
  tell('image of the programs', `${megabytes} MB`, {
    be: `at most ${MOST_MEGABYTES} MB`,
    isSo: megabytes <= MOST_MEGABYTES,
  });

  await house.type('order');
  tell('an order, by the lines of the document', 'opened, completed, paid');

  // It ends with 1, and the scene with it, where something is not right.
  const report = await house.type('doctor');
  tell('the doctor of what was installed', report.trim().split('\n').at(-1) ?? '');
}

export async function memoryAt(when: string, { memory }: House, tell: Tell): Promise<void> {
  const services = [...(await memory())].toSorted(([, a], [, b]) => b - a);
  tell(
    `memory ${when}`,
    services.map(([name, mib]) => `${name} ${Math.round(mib)}`).join(', ') + ' MiB',
  );
}
