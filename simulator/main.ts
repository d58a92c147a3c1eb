/** The command: `npm run simulator`. */
import { readFile } from 'node:fs/promises';
import { pino } from 'pino';
import { ZodError, prettifyError } from 'zod';
import {
  readConfiguration,
  type Configuration,
  type MerchantSideFiles,
  type TlsFiles,
} from './configuration.ts';
import { startSimulator } from './create.ts';
import type { MerchantSetting } from './merchant/setting.ts';
import { readyMessage } from './ready-message.ts';
import type { Tls } from './server.ts';

try {
  await run(readConfiguration(process.env));
} catch (error) {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exitCode = 1;
  if (process.connected) process.disconnect();
}

async function run(configuration: Configuration): Promise<void> {
  const forked = process.connected;
  const tls = configuration.tlsFiles && (await readTls(configuration.tlsFiles));
  const merchantSide =
    configuration.merchantSide && (await readMerchantSide(configuration.merchantSide));
  const simulator = await startSimulator({ ...configuration, tls, merchantSide, logger: pino() });
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    void simulator.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', end).on('SIGINT', end);
  process.on('disconnect', end); // the parent is gone
  if (forked && !process.connected) return end(); // it went while we started

  process.stdout.write(readyMessage(simulator.url, configuration.folder)); // whoever reads this may end us
}

async function readTls({ cert, key }: TlsFiles): Promise<Tls> {
  return { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') };
}

async function readMerchantSide(files: MerchantSideFiles): Promise<MerchantSetting> {
  const { api, keyFile, eventsSecretFile, temporalUi } = files;
  const secretIn = async (file: string | undefined) =>
    file === undefined ? undefined : (await readFile(file, 'utf8')).trim();
  return {
    ...{ api, temporalUi },
    key: await secretIn(keyFile),
    eventsSecret: await secretIn(eventsSecretFile),
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof ZodError) return `The simulator cannot start:\n${prettifyError(error)}`;
  if (!(error instanceof Error)) return 'The simulator cannot start.';
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${String(error.port)} is taken. Set SIMULATOR_PORT to a free one.`;
  }
  return `The simulator cannot start: ${error.message}`;
}
