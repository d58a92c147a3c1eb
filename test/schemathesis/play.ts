/**
 * The command `npm run schemathesis`: the API with a simulator, a worker and Temporal behind it, asked whatever its document allows
 * and whatever it does not. What follows the command's name goes to Schemathesis.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { daysAgo, reconciled } from '../support/day.ts';
import { inService, invited, paying, shown } from '../support/play.ts';
import { startStack } from '../support/stack.ts';
import { prepareDailySchedule } from '../../temporal/daily-schedule.ts';

/** Of PyPI; `pip install schemathesis` in an environment of its own. */
const { SCHEMATHESIS = 'schemathesis' } = process.env;
const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const CONFIG = `${FOLDER}schemathesis.toml`;
/** Of orders that are there. */
const numbers: string[] = [];
const SECRET = 'key-of-schemathesis';

const stack = await startStack({
  apiSecret: SECRET,
  apiKeys: [
    {
      ...{ name: 'schemathesis', scopes: ['read', 'orders', 'refunds'] },
      sha256: createHash('sha256').update(SECRET).digest(),
    },
  ],
});
const worker = await stack.startWorker();
let code: number | null = 1;
try {
  await prepare();
  const child = spawn(
    SCHEMATHESIS,
    [
      ...['--config-file', CONFIG, 'run', `${stack.url}/openapi.json`],
      ...['--header', `Authorization: Bearer ${SECRET}`, ...process.argv.slice(2)],
    ],
    // What it keeps of a run is nothing for the repository.
    { cwd: tmpdir(), stdio: 'inherit', env: { ...process.env, ...known() } },
  );
  [code] = (await once(child, 'exit')) as [number | null];
} finally {
  await worker.stop();
  await stack.stop();
}
process.exitCode = code ?? 1;

/** Orders wherever they may stand, the schedule, and a day with a report. */
async function prepare(): Promise<void> {
  const invitations = [await invited(stack), await invited(stack)];
  const running = [await inService(stack), await inService(stack), await inService(stack)];
  const charging = [await paying(stack, 500), await paying(stack, 500)];
  const { out_order_no } = await paying(stack, 500);
  await stack.people.pay(out_order_no);
  await shown(stack, out_order_no, { phase: 'paid' });
  const all = [...invitations.map(({ order }) => order), ...running, ...charging];
  numbers.push(out_order_no, ...all.map((order) => order.out_order_no));
  await prepareDailySchedule(stack.client, stack.services);
  const { state } = await reconciled(stack, daysAgo(1));
  assert.notEqual(state, 'failed');
}

/** What `known_numbers.py` reads. */
function known() {
  return {
    ...{ PYTHONPATH: FOLDER, PYTHONDONTWRITEBYTECODE: '1', SCHEMATHESIS_HOOKS: 'known_numbers' },
    KNOWN_ORDERS: [...numbers, 'R20261128'].join(','),
    KNOWN_DAYS: [daysAgo(1), daysAgo(2)].join(','),
  };
}
