/** The Temporal server of a whole run of tests (`test/run.ts`); a file that runs alone starts one for itself. */
import type { Connection } from '@temporalio/client';
import { startTemporal, type TemporalOptions } from '../../local/servers/temporal-server.ts';
import { prepareNamespace } from '../../worker/namespace.ts';

/** A Temporal that runs already, and how it is prepared for orders. */
export interface RunningServer {
  readonly address: string;
  prepare(connection: Connection): Promise<void>;
  stop(): Promise<void>;
}

export const SHARED_TEMPORAL = 'TESTS_TEMPORAL_ADDRESS';

/** @param options of a server that is to be stopped, or set up in its own way; undefined where any will do */
export async function devServer(options: TemporalOptions | undefined): Promise<RunningServer> {
  const shared = options === undefined ? process.env[SHARED_TEMPORAL] : undefined;
  const { address, stop } = shared
    ? { address: shared, stop: async () => undefined }
    : await startTemporal(options);
  return {
    address,
    stop,
    prepare: (connection) =>
      prepareNamespace(connection, { namespace: 'default', retentionDays: 120 }),
  };
}
