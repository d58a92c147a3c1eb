/** Temporal's server on one port and one database file, however often it is killed. */
import { startTemporal, type TemporalServer } from '../../local/servers/temporal-server.ts';
import { steadyPort } from '../support/port.ts';
import { eventually } from '../support/eventually.ts';
import type { KeptProgram } from './kept-program.ts';

export async function keepTemporal(
  databaseFile: string,
): Promise<KeptProgram & { readonly address: string }> {
  const port = await steadyPort();
  let server: TemporalServer | undefined;

  return {
    name: 'temporal',
    address: `127.0.0.1:${port}`,
    endings: () => 0,
    async kill() {
      const { pid } = server!;
      if (pid === undefined)
        throw new Error('TEMPORAL_ADDRESS names a server that is not ours to kill');
      process.kill(pid, 'SIGKILL');
      await eventually('the end of Temporal', async () => !isAlive(pid));
    },
    async start() {
      server = await startTemporal({ port, databaseFile });
    },
    async stop() {
      await server?.stop();
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
