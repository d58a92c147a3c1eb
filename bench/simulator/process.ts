/** A simulator in a process of its own, so that its memory is its own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Merchant } from '../../simulator/credentials/merchant.ts';

export interface Told {
  readonly url: string;
  readonly merchant: Merchant;
  readonly startedMs: number;
}

export async function startProcess(folder: string) {
  const child = fork(fileURLToPath(new URL('./serve.ts', import.meta.url)), [folder], {
    execArgv: ['--import', 'tsx'],
  });
  const answer = async () => {
    const [message] = await once(child, 'message');
    return message;
  };
  const told: Told = await answer();
  return {
    told,
    async rss(): Promise<number> {
      child.send('rss');
      return await answer();
    },
    /** How long it took to end. */
    async stop(): Promise<number> {
      const start = performance.now();
      const ended = once(child, 'exit');
      child.send('stop');
      await ended;
      return performance.now() - start;
    },
  };
}
