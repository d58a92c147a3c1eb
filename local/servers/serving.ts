/** Waiting for a Temporal server: it serves when its own health check says so. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection, type ConnectionOptions } from '@temporalio/client';
import type { Child } from '../stack/child-process.ts';
import { SetupError } from '../stack/setup-error.ts';

const START_MS = 30_000;
const HEALTH_SERVICE = 'temporal.api.workflowservice.v1.WorkflowService';

/** Waits for a server that a child is starting; throws when the child ends instead. */
export async function untilServing(address: string, child: Child): Promise<void> {
  let ended = false;
  void child.exited.then(() => (ended = true));
  const deadline = Date.now() + START_MS;
  while (!(await accepts(address))) {
    if (ended) throw new SetupError(`${child.name} ended before it served`);
    if (Date.now() > deadline) throw new SetupError(`${child.name} does not serve at ${address}`);
    await sleep(25);
  }
  // Ours, or another's that took the port in the meantime?
  if (ended) throw new SetupError(`${child.name} ended before it served`);
  await checkHealth({ address });
}

/** Throws unless a Temporal server answers that it serves. */
export async function checkHealth(options: ConnectionOptions): Promise<void> {
  const connection = await Connection.connect({ connectTimeout: 5_000, ...options });
  try {
    await connection.healthService.check({ service: HEALTH_SERVICE });
  } finally {
    await connection.close();
  }
}

/** A bare connection first: a gRPC channel that was refused waits a whole second before it tries again. */
async function accepts(address: string): Promise<boolean> {
  const { hostname, port } = new URL(`tcp://${address}`);
  const socket = connect({ host: hostname, port: Number(port) });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
