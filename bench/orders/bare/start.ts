/** The programs of the bare workflow, which end with this process: as many of each as the installation beside it has. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Told } from './client.ts';

const TASK_QUEUE = 'bench-bare-orders';

export async function startBare(
  address: string,
  { workers = 1, apis = 1 }: { readonly workers?: number; readonly apis?: number } = {},
) {
  const some = (count: number, module: string) =>
    Promise.all(Array.from({ length: count }, () => start(module, address)));
  const takers = await some(workers, './worker.ts');
  const clients = await some(apis, './client.ts');
  const pidsOf = (children: typeof takers) => children.map(({ pid }) => pid ?? Number.NaN);
  return {
    pids: { worker: pidsOf(takers), client: pidsOf(clients) },
    /** In equal parts. */
    async carry({ total, atOnce }: Told): Promise<void> {
      const part = (of: number) => Math.ceil(of / clients.length);
      await Promise.all(
        clients.map(async (client) => {
          const done = once(client, 'message');
          client.send({ total: part(total), atOnce: part(atOnce) });
          await done;
        }),
      );
    },
    async stop(): Promise<void> {
      for (const child of [...clients, ...takers]) {
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
