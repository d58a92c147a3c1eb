/** The two programs of the bare workflow, which end with this process. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Told } from './client.ts';

const TASK_QUEUE = 'bench-bare-orders';

export async function startBare(address: string) {
  const worker = await start('./worker.ts', address);
  const client = await start('./client.ts', address);
  return {
    pids: { worker: worker.pid ?? Number.NaN, client: client.pid ?? Number.NaN },
    async carry(told: Told): Promise<void> {
      const done = once(client, 'message');
      client.send(told);
      await done;
    },
    async stop(): Promise<void> {
      for (const child of [client, worker]) {
        const ended = once(child, 'exit');
        child.disconnect();
        await ended;
      }
    },
  };
}

async function start(module: string, address: string) {
  const child = fork(fileURLToPath(new URL(module, import.meta.url)), [address, TASK_QUEUE], {
    execArgv: ['--import', 'tsx/esm'],
  });
  await once(child, 'message');
  return child;
}
