/** What people read: the lines of the logs, and what is said to who has forgotten something. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { House } from '../house.ts';
import type { Tell } from '../table.ts';

const PROGRAMS = ['api', 'worker', 'migrate'];
const OTHERS = ['temporal', 'temporal-ui', 'postgres', 'proxy'];

export async function readLogs({ linesOf }: House, tell: Tell): Promise<void> {
  const counts: string[] = [];
  const strange: string[] = [];
  for (const service of PROGRAMS) {
    const lines = await linesOf(service);
    counts.push(`${service} ${lines.length}`);
    strange.push(...lines.filter((line) => nameIn(line) !== service));
  }
  for (const service of OTHERS) counts.push(`${service} ${(await linesOf(service)).length}`);
  tell('lines of logs by then', counts.join(', '), {
    be: 'JSON under its own name, of each program',
    isSo: strange.length === 0,
  });
}

function nameIn(line: string): unknown {
  try {
    return (JSON.parse(line) as { name?: unknown }).name;
  } catch {
    return undefined;
  }
}

export async function forget(house: House, tell: Tell): Promise<void> {
  const ours = await readFile(join(house.folder, '.env'), 'utf8');
  for (const variable of ['WECHATPAY_NOTIFY_URL']) {
    const said = await refusal(house, ours.replace(new RegExp(`^${variable}=.*$`, 'm'), ''), [
      'config',
      '--quiet',
    ]);
    tell(`.env without ${variable}`, 'compose refuses it', {
      be: 'named',
      isSo: said.includes(`required variable ${variable} is missing a value: see .env.example`),
    });
  }
  const password = join(house.folder, 'secrets/unreadable');
  await writeFile(password, 'for root alone', { mode: 0o600 });
  const said = await refusal(house, `${ours}POSTGRES_PASSWORD_FILE=${password}\n`, [
    ...['run', '--rm', '--no-deps', '-T', 'temporal-schema'],
  ]);
  const isNamed = /postgres_password.*Permission denied/.test(said);
  tell('a password that cannot be read', 'temporal-schema says so and ends', {
    be: 'named, nothing tried without it',
    isSo: isNamed && !/authentication failed|schema setup/i.test(said),
  });
}

/** What is said with this .env; nothing where it is taken. */
async function refusal(house: House, env: string, args: readonly string[]): Promise<string> {
  const file = join(house.folder, 'forgotten.env');
  await writeFile(file, env);
  return await house.compose('--env-file', file, ...args).then(
    () => '',
    (error: Error) => error.message,
  );
}
