/** A simulator in a process of its own, so that its work is not counted as the client's. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Merchant } from '../simulator/credentials/merchant.ts';

const MAIN = fileURLToPath(new URL('../simulator/main.ts', import.meta.url));

export interface SimulatorProcess {
  readonly url: string;
  readonly merchant: Merchant;
  stop(): Promise<void>;
}

/** Ends with this process, too: it watches the channel between the two. */
export async function startSimulatorProcess(): Promise<SimulatorProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'payscore-bench-'));
  const child = fork(MAIN, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, SIMULATOR_FOLDER: folder, SIMULATOR_PORT: '0' },
  });
  const ended = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      const [, address] = /simulated: (http\S+)/.exec(String(chunk)) ?? [];
      if (address !== undefined) resolve(address);
    });
    void ended.then(() => reject(new Error('the simulator ended before it was ready')));
  });
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  const named = JSON.parse(await read('merchant.json')) as Merchant;
  const merchant = {
    ...named,
    private_key: await read('apiclient_key.pem'),
    public_key: await read('pub_key.pem'),
    api_v3_key: await read('apiv3_key.txt'),
  };
  return {
    url,
    merchant,
    async stop() {
      child.kill();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
