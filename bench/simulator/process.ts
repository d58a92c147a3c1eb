/** A simulator in a process of its own, so that neither its work nor its memory is counted as its client's. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Merchant } from '../../simulator/credentials/merchant.ts';

export interface Told {
  readonly url: string;
  readonly merchant: Merchant;
  readonly startedMs: number;
}

/** From a folder, else in memory. Ends with this process, too: it watches the channel between the two. */
export async function startProcess(...folder: [] | [string]) {
  const child = fork(fileURLToPath(new URL('./serve.ts', import.meta.url)), folder, {
    execArgv: ['--import', 'tsx/esm'],
  });
  const ended = once(child, 'exit');
  async function answer() {
    const early = ended.then(() => Promise.reject(new Error('the simulator has ended')));
    const [message] = await Promise.race([once(child, 'message'), early]);
    return message;
  }
  const told: Told = await answer();
  return {
    pid: child.pid,
    told,
    async rss(): Promise<number> {
      child.send('rss');
      return await answer();
    },
    /** How long it took to end. */
    async stop(): Promise<number> {
      const start = performance.now();
      child.send('stop');
      await ended;
      return performance.now() - start;
    },
  };
}
