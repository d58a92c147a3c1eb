/** Temporal as docker-compose.yml runs it: one process of all four services, and a PostgreSQL with its 512 shards and both schemas. */
import { startChild } from '../../../local/stack/child-process.ts';
import { untilServing } from '../../../local/servers/serving.ts';
import { SetupError } from '../../../local/stack/setup-error.ts';
import { steadyPort } from '../../../test/support/port.ts';
import { run } from '../../../tools/containers/commands.ts';
import { startCluster, type Cluster } from './cluster.ts';
import { temporalPrograms } from './programs.ts';

const IP = '127.0.0.1';
const PLUGIN = 'postgres12';
const DATABASES = { temporal: 'temporal', temporal_visibility: 'visibility' };
const PORTS = [
  'FRONTEND_GRPC_PORT',
  'FRONTEND_HTTP_PORT',
  'FRONTEND_MEMBERSHIP_PORT',
  'HISTORY_GRPC_PORT',
  'HISTORY_MEMBERSHIP_PORT',
  'MATCHING_GRPC_PORT',
  'MATCHING_MEMBERSHIP_PORT',
  'WORKER_GRPC_PORT',
  'WORKER_MEMBERSHIP_PORT',
] as const;

export async function startOnPostgres(metricsPort: number) {
  const { server, sqlTool } = await temporalPrograms();
  const cluster = await startCluster();
  try {
    await setUp(cluster, sqlTool);
    const { address, child } = await serve(cluster, server, metricsPort);
    return {
      address,
      pid: child.pid,
      postgresPid: cluster.pid,
      async stop(): Promise<void> {
        await child.stop();
        await cluster.stop();
      },
    };
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

/** What the compose file's `temporal-schema` does; the tool brings the schemas of its module. */
async function setUp({ host, port, user, password }: Cluster, sqlTool: string): Promise<void> {
  const env = {
    ...process.env,
    SQL_PLUGIN: PLUGIN,
    SQL_HOST: host,
    SQL_PORT: String(port),
    SQL_USER: user,
    SQL_PASSWORD: password,
  };
  for (const [database, schema] of Object.entries(DATABASES)) {
    for (const command of [
      ['create'],
      ['setup-schema', '-v', '0.0'],
      ['update-schema', '--schema-name', `postgresql/v12/${schema}`],
    ]) {
      await run(sqlTool, ['--db', database, ...command], { env });
    }
  }
}

async function serve(
  { host, port, user, password }: Cluster,
  command: string,
  metricsPort: number,
) {
  const ports = await somePorts();
  const lastLines: string[] = [];
  const child = startChild({
    name: "Temporal's server",
    command,
    args: ['start'],
    env: {
      ...ports,
      DB: PLUGIN,
      DB_PORT: String(port),
      POSTGRES_SEEDS: host,
      POSTGRES_USER: user,
      POSTGRES_PWD: password,
      BIND_ON_IP: IP,
      TEMPORAL_ALLOW_NO_AUTH: 'true',
      DYNAMIC_CONFIG_FILE_PATH: '/dev/null',
      NUM_HISTORY_SHARDS: '512',
      PROMETHEUS_ENDPOINT: `${IP}:${metricsPort}`,
      LOG_LEVEL: 'warn',
    },
    onLine: (line) => void lastLines.splice(0, lastLines.length, ...lastLines.slice(-4), line),
  });
  const address = `${IP}:${ports['FRONTEND_GRPC_PORT']}`;
  try {
    await untilServing(address, child);
  } catch (error) {
    await child.stop();
    throw new SetupError([(error as Error).message, ...lastLines].join('\n  '), { cause: error });
  }
  return { address, child };
}

async function somePorts(): Promise<Record<string, string>> {
  const taken = new Set<number>();
  while (taken.size < PORTS.length) taken.add(await steadyPort());
  const ports = [...taken];
  return Object.fromEntries(PORTS.map((name, index) => [name, String(ports[index])]));
}
