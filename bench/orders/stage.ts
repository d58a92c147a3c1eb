/** Temporal, an installation, another that tells business code what happens, and the programs of the bare workflow beside them. */
import { startBare } from './bare/start.ts';
import { openInstallation, type InstallationOptions } from './installation.ts';
import { startServer, type Store } from './server.ts';
import { startTold } from './told.ts';

export type Stage = Awaited<ReturnType<typeof openStage>>;

export interface StageOptions extends Omit<InstallationOptions, 'address'> {
  readonly store?: Store;
}

/** The namespace of whoever tells. */
const TELLING = 'telling';

export async function openStage({ store, ...options }: StageOptions = {}) {
  const server = await startServer(store);
  try {
    const { address } = server;
    const installation = await openInstallation({ ...options, address });
    const told = await startTold();
    const { variables } = told;
    const telling = await openInstallation({ ...options, address, namespace: TELLING, variables });
    const bare = await startBare(address, options);
    return {
      ...installation,
      server,
      bare,
      /** With events on. */
      telling,
      told,
      async close() {
        await bare.stop();
        await telling.close();
        await told.stop();
        await installation.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
