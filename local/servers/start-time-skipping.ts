/** The time-skipping server as a child of ours: the SDK would give its JVM 5 s to start, which a busy machine may not. */
import { startChild } from '../stack/child-process.ts';
import { freePort } from '../stack/port.ts';
import { untilServing } from './serving.ts';

const IP = '127.0.0.1';

export interface SkippingServer {
  readonly address: string;
  stop(): Promise<void>;
}

/** @param command what `timeSkippingServer` has found or made */
export async function startTimeSkipping(
  command: string,
  env: NodeJS.ProcessEnv = {},
): Promise<SkippingServer> {
  const port = await freePort(IP);
  const address = `${IP}:${port}`;
  const child = startChild({
    ...{ name: 'the time-skipping server', command, args: [String(port)] },
    ...{ env, graceMs: 60_000 },
  });
  try {
    await untilServing(address, child);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { address, stop: () => child.stop() };
}
