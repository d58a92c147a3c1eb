/** Connections through a forward proxy: it is asked for a tunnel (CONNECT), and TLS reaches from here to WeChat Pay. */
import { request } from 'node:http';
import { buildConnector } from 'undici';

/** There is no tunnel, so nothing was sent to WeChat Pay; `code` says what the proxy did. */
export class TunnelError extends Error {
  override readonly name = 'TunnelError';
  /** As of any connection that is not made: the other host may be tried. */
  readonly syscall = 'connect';
  readonly code: string;
  constructor(code: string) {
    super('the proxy gives no tunnel');
    this.code = code;
  }
}

/** @param proxyUrl `http://proxy:3128`, with user and password where it asks for them */
export function createTunnel(proxyUrl: string, timeoutMs: number): buildConnector.connector {
  const proxy = new URL(proxyUrl);
  const authorization = proxy.username ? { 'proxy-authorization': basic(proxy) } : {};
  const secure = buildConnector({ timeout: timeoutMs });
  return (options, done) => {
    const target = `${options.hostname}:${options.port || 443}`;
    const asked = request({
      ...{ host: proxy.hostname, port: proxy.port || 80, agent: false, timeout: timeoutMs },
      ...{ method: 'CONNECT', path: target, headers: { host: target, ...authorization } },
    });
    asked
      .once('connect', ({ statusCode }, socket) => {
        if (statusCode === 200) return secure({ ...options, httpSocket: socket }, done);
        socket.destroy();
        done(new TunnelError(`PROXY_${statusCode}`), null);
      })
      .once('timeout', () => asked.destroy(new TunnelError('PROXY_TIMEOUT')))
      .once('error', (error: NodeJS.ErrnoException) => {
        done(error instanceof TunnelError ? error : new TunnelError(`PROXY_${error.code}`), null);
      })
      .end();
  };
}

function basic({ username, password }: URL): string {
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(credentials).toString('base64')}`;
}
