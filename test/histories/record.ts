/** The command `npm run record-histories`: plays every path of an order and every course of a day, and writes their histories down, to be replayed for ever. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { opened } from '../support/codec.ts';
import { historyToJSON } from '../support/history-json.ts';
import { workflowIdOf } from '../../workflows/contract.ts';
import { inService } from '../support/play.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { DAYS } from './days.ts';
import { PATHS, type Path } from './paths.ts';

const { version } = JSON.parse(
  await readFile(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string };
const folder = new URL(`${version.replace(/\.\d+$/, '')}/`, import.meta.url);
await mkdir(new URL('days/', folder), { recursive: true });

/** The first run of a life that is too long for one history, and the last. */
const LONG: Readonly<Record<string, Path>> = {
  async continued(stack) {
    const { out_order_no } = await inService(stack);
    const { runId } = await stack.run(out_order_no).describe();
    while ((await stack.run(out_order_no).describe()).runId === runId) {
      await stack.api.call('POST', `/v1/service-orders/${out_order_no}/refresh`, {});
    }
    await write('moved', await historyOf(stack, out_order_no, runId));
    await stack.api.call('POST', `/v1/service-orders/${out_order_no}/cancel`, { reason: '取消' });
    return out_order_no;
  },
};

const APART_MS = 2_000;

/** All of them, unless some are named: `npm run record-histories -- free modified`. */
const named = process.argv.slice(2);
const chosen = (paths: Readonly<Record<string, Path>>) =>
  Object.entries(paths).filter(([name]) => named.length === 0 || named.includes(name));

await record(chosen(PATHS));
await record(chosen(LONG), ['limit.historyCount.suggestContinueAsNew=100']);
await recordDays(chosen(DAYS));

/** Side by side: some of them wait for minutes. */
async function record(paths: [string, Path][], dynamicConfig: string[] = []) {
  if (paths.length === 0) return;
  const stack = await startStack({ pollDelaysMs: [500], temporal: { dynamicConfig } });
  const worker = await stack.startWorker({ authorizationDelaysMs: [2_000, 2_000] });
  await Promise.all(
    paths.map(async ([name, play], index) => {
      await delay(index * APART_MS);
      const out_order_no = await play(stack);
      await stack.run(out_order_no).result();
      await write(name, await historyOf(stack, out_order_no));
    }),
  );
  await worker.stop();
  await stack.stop();
}

/** One after the other: they set WeChat's clock. */
async function recordDays(courses: [string, Path][]) {
  if (courses.length === 0) return;
  const stack = await startStack();
  const worker = await stack.startWorker();
  for (const [name, play] of courses) {
    const history = await stack.client.workflow.getHandle(await play(stack)).fetchHistory();
    await write(`days/${name}`, history);
  }
  await worker.stop();
  await stack.stop();
}

async function historyOf({ client, merchant }: Stack, out_order_no: string, runId?: string) {
  const workflowId = workflowIdOf(merchant.mchid, out_order_no);
  return await client.workflow.getHandle(workflowId, runId).fetchHistory();
}

async function write(name: string, history: Awaited<ReturnType<typeof historyOf>>): Promise<void> {
  const file = fileURLToPath(new URL(`${name}.json`, folder));
  await writeFile(file, `${withoutMachine(historyToJSON(await opened(history)))}\n`);
  console.log(name, history.events?.length, 'events');
}

/** Temporal notes which process on which host did what, and where in which file it failed: nobody's business here. */
function withoutMachine(history: string): string {
  return history
    .replaceAll(/"identity": "[^"]*"/g, '"identity": "recorded"')
    .replaceAll(/"stackTrace": "(?:[^"\\]|\\.)*"/g, '"stackTrace": ""');
}
