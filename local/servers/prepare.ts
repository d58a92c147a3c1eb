/** A command that makes sure of both development servers, so that no test waits for a download: run it before the tests. */
import { versionOf } from '../stack/executable.ts';
import { SetupError } from '../stack/setup-error.ts';
import { checkTemporalAddress } from './temporal-server.ts';
import { temporalCli } from './temporal-cli.ts';
import { timeSkippingServer } from './time-skipping-server.ts';

try {
  console.log(`Temporal: ${await temporal()}`);
  console.log(`Time-skipping server: ${await timeSkippingServer()}`);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function temporal(): Promise<string> {
  const address = process.env.TEMPORAL_ADDRESS;
  if (address) {
    await checkTemporalAddress(address);
    return `the server at ${address} (TEMPORAL_ADDRESS)`;
  }
  const cli = await temporalCli();
  return `${cli} (${await versionOf(cli)})`;
}
