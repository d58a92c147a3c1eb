/** The Temporal under measurement: for development, in memory or with a database file, or the real one on PostgreSQL. */
import { startTemporal } from '../../local/servers/temporal-server.ts';
import { steadyPort } from '../../test/support/port.ts';
import { startOnPostgres } from './postgres/temporal.ts';

export type Store = 'memory' | 'postgres' | { readonly databaseFile: string };

export interface Server {
  readonly address: string;
  readonly metricsUrl: string;
  readonly pids: Readonly<Record<'server' | 'postgres', readonly number[]>>;
  stop(): Promise<void>;
}

export async function startServer(store: Store = 'memory'): Promise<Server> {
  const metricsPort = await steadyPort();
  const metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`;
  if (store === 'postgres') {
    const { address, pid, postgresPid, stop } = await startOnPostgres(metricsPort);
    return { address, metricsUrl, pids: { server: [pid], postgres: [postgresPid] }, stop };
  }
  const options = store === 'memory' ? {} : store;
  const { address, pid, stop } = await startTemporal({ ...options, metricsPort });
  const server = pid === undefined ? [] : [pid];
  return { address, metricsUrl, pids: { server, postgres: [] }, stop };
}
