/** What listens: HTTP, or HTTPS for clients whose address for WeChat Pay cannot be changed. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

/** Both in PEM; the certificate may be followed by those that lead to its root. */
export interface Tls {
  readonly cert: string;
  readonly key: string;
}

const LAST_ANSWERS_MS = 1000;

/** @throws at once where certificate and key cannot be read, or do not belong together */
export function createListener(tls: Tls | undefined, listener: RequestListener): Server {
  if (tls === undefined) return createServer(listener);
  try {
    return createTlsServer({ cert: tls.cert, key: tls.key }, listener);
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`the TLS certificate and its key are not usable: ${message}`, { cause: error });
  }
}

/** An address that means "everywhere" is reached on loopback. */
export function urlOf(server: Server, tls: Tls | undefined): string {
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the simulator has no address');
  const { address, family, port } = bound;
  const scheme = tls === undefined ? 'http' : 'https';
  if (address === '0.0.0.0' || address === '::') return `${scheme}://127.0.0.1:${port}`;
  return `${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

export async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const impatience = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS);
  await closed;
  clearTimeout(impatience);
}
