/** One TLS handshake with Temporal's address, for what it tells: the clients keep its reasons to themselves. */
import { isIP } from 'node:net';
import { connect, type ConnectionOptions } from 'node:tls';

const PATIENCE_MS = 5_000;
/** With which a client of HTTP/2 begins, and empty settings: a server that lets us in answers. */
const GREETING = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0', 'latin1');

/**
 * `welcome`, or the code of what failed: `dropped` by a server with whose certificate we had been content, for by TLS 1.3 it
 * judges ours only then.
 */
export async function handshake(address: string, options: ConnectionOptions): Promise<string> {
  const { hostname, port } = new URL(`tcp://${address}`);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const socket = connect({
    ...{ host, port: Number(port || 7233), ALPNProtocols: ['h2'] },
    ...(isIP(host) === 0 && { servername: host }),
    ...options,
  });
  let isContent = false;
  const outcome = new Promise<string>((resolve) => {
    socket
      .once('secureConnect', () => {
        isContent = true;
        socket.write(GREETING);
      })
      .once('data', () => resolve('welcome'))
      .once('error', (error) => {
        const code = codeOf(error);
        resolve(isContent && !code.startsWith('ERR_SSL_') ? 'dropped' : code);
      })
      .once('close', () => resolve('dropped'))
      .setTimeout(PATIENCE_MS, () => resolve('ETIMEDOUT'));
  });
  try {
    return await outcome;
  } finally {
    socket.destroy();
  }
}

function codeOf(error: Error): string {
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? code : error.name;
}
