/** Ports of this machine: a free one, or the one that was asked for, if it is free. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { SetupError } from './setup-error.ts';

export interface WantedPort {
  readonly ip: string;
  /** 0 for any. */
  readonly port: number;
  /** The environment variable that moves it. */
  readonly variable?: string | undefined;
}

export async function freePort(ip: string): Promise<number> {
  return await listenOnce(ip, 0);
}

/** The wanted port; says who can move it when it is taken. */
export async function requirePort({ ip, port, variable }: WantedPort): Promise<number> {
  try {
    return await listenOnce(ip, port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    const remedy = variable === undefined ? 'use another' : `set ${variable} to another`;
    throw new SetupError(`port ${port} of ${ip} is taken: end what listens there, or ${remedy}`);
  }
}

async function listenOnce(ip: string, port: number): Promise<number> {
  const server = createServer();
  server.listen(port, ip);
  await once(server, 'listening');
  const { port: bound } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return bound;
}
