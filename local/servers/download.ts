/** A server as the SDK downloads it for its own tests: the right archive for this machine, unpacked, started once. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../stack/tool.ts';

export interface Download {
  readonly server: 'temporal' | 'temporal-test-server';
  readonly version: string;
  /** Where the executable shall be. */
  readonly folder: string;
  readonly file: string;
}

const SDK_DOWNLOAD = fileURLToPath(new URL('sdk-download.ts', import.meta.url));

/**
 * In a process of its own, because the SDK's native runtime takes over the signals of the process that loads it, and
 * because its download cannot be called off otherwise.
 */
export async function download({ server, version, folder, file }: Download): Promise<void> {
  await run({
    command: process.execPath,
    args: ['--import', import.meta.resolve('tsx/esm'), SDK_DOWNLOAD, server, version, folder],
  });
  await rename(join(folder, `${server}-v${version}`), join(folder, file));
}
