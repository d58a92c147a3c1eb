/** Temporal for development: the server that TEMPORAL_ADDRESS names, else one of our own that ends with us. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { startChild } from '../stack/child-process.ts';
import { PRIVATE_FOLDER, PRIVATE_UMASK } from '../stack/private.ts';
import { requirePort } from '../stack/port.ts';
import { checkHealth, untilServing } from './serving.ts';
import { SetupError } from '../stack/setup-error.ts';
import { startDevArguments } from './start-dev.ts';
import { temporalCli } from './temporal-cli.ts';

export interface TemporalOptions {
  /** Any free one unless given. */
  readonly port?: number;
  /** No web UI unless given; 0 for any free one. */
  readonly uiPort?: number;
  /** The environment variables that move these ports, for the error about a taken one. */
  readonly portVariable?: string;
  readonly uiPortVariable?: string;
  /** Where the web UI has opened what is encrypted. */
  readonly codecEndpoint?: string;
  readonly ip?: string;
  readonly namespace?: string;
  /** Where workflows outlive a restart; in memory unless given. */
  readonly databaseFile?: string;
  /** Where it tells its own figures, as Prometheus reads them; nowhere unless given. */
  readonly metricsPort?: number;
  /** More of the server's dynamic configuration, `key=value`. */
  readonly dynamicConfig?: readonly string[];
  /** Lines of the server's own log: warnings and worse. */
  readonly log?: (line: string) => void;
}

export interface TemporalServer {
  readonly address: string;
  readonly uiUrl: string | undefined;
  /** Of a server of our own. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

const ATTEMPTS = 3;

export async function startTemporal(options: TemporalOptions = {}): Promise<TemporalServer> {
  const running = process.env.TEMPORAL_ADDRESS;
  if (running) {
    await checkTemporalAddress(running);
    return { address: running, uiUrl: undefined, pid: undefined, stop: async () => undefined };
  }

  for (let attempt = 1; ; attempt++) {
    try {
      return await startOwn(options);
    } catch (error) {
      // Besides its address the server takes ports at random, which somebody else may take first.
      const isUnlucky = error instanceof SetupError && error.message.includes('in use');
      if (!isUnlucky || attempt === ATTEMPTS) throw error;
    }
  }
}

async function startOwn(options: TemporalOptions): Promise<TemporalServer> {
  const { ip = '127.0.0.1', databaseFile, log } = options;
  const command = await temporalCli();
  const { port, uiPort } = await portsOf(ip, options);
  if (databaseFile !== undefined) {
    await mkdir(dirname(databaseFile), { recursive: true, mode: PRIVATE_FOLDER });
  }

  let lastLines: string[] = [];
  let stopping = false;
  const child = startChild({
    name: "Temporal's development server",
    command,
    args: startDevArguments({ ...options, ip, port, uiPort }),
    umask: PRIVATE_UMASK,
    onLine(line) {
      if (!isOfStackTrace(line)) lastLines = [...lastLines.slice(-4), line];
      if (!stopping) log?.(line); // its parts complain about each other when they are stopped
    },
  });
  const stop = async () => {
    stopping = true;
    await child.stop();
  };

  const address = `${ip}:${port}`;
  try {
    await untilServing(address, child);
  } catch (error) {
    await stop();
    throw new SetupError([(error as Error).message, ...lastLines].join('\n  '), { cause: error });
  }
  const uiUrl = uiPort === undefined ? undefined : `http://${ip}:${uiPort}`;
  return { address, uiUrl, pid: child.pid, stop };
}

/** Of Go's, which is longer than what is kept, and comes behind the line that says what is wrong. */
function isOfStackTrace(line: string): boolean {
  return /^\s|^$|^goroutine \d|^created by |\((\{?0x.*|\.\.\.)?\)$/.test(line);
}

async function portsOf(ip: string, options: TemporalOptions) {
  const { port = 0, portVariable, uiPort, uiPortVariable } = options;
  return {
    port: await requirePort({ ip, port, variable: portVariable }),
    uiPort:
      uiPort === undefined
        ? undefined
        : await requirePort({ ip, port: uiPort, variable: uiPortVariable }),
  };
}

/** Throws unless the server that TEMPORAL_ADDRESS and its companions (namespace, TLS, API key) describe answers. */
export async function checkTemporalAddress(address: string): Promise<void> {
  try {
    await checkHealth(loadClientConnectConfig().connectionOptions);
  } catch (error) {
    const reason = (error as Error).message;
    throw new SetupError(`TEMPORAL_ADDRESS: no Temporal answers at ${address} (${reason})`);
  }
}
