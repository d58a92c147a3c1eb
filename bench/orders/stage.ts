/** Temporal, an installation, and the programs of the bare workflow beside it. */
import { startBare } from './bare/start.ts';
import { openInstallation, type InstallationOptions } from './installation.ts';
import { startServer, type Store } from './server.ts';

export type Stage = Awaited<ReturnType<typeof openStage>>;

export interface StageOptions extends Omit<InstallationOptions, 'address'> {
  readonly store?: Store;
}

export async function openStage({ store, ...options }: StageOptions = {}) {
  const server = await startServer(store);
  try {
    const { address } = server;
    const installation = await openInstallation({ ...options, address });
    const bare = await startBare(address, options);
    return {
      ...installation,
      server,
      bare,
      async close() {
        await bare.stop();
        await installation.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
