/** Whoever is answered before a long request has wholly arrived is read no further. */
import type { Server } from 'node:http';
import { hasBody } from './arrival.ts';

/** An honest caller's mistake: Node reads it to its end and throws it away, so that they hear the answer. */
const SHORT_BYTES = 256 * 1024;

/** The answer says `Connection: close`, and ends the connection. */
export function closeUnread(server: Server): void {
  server.on('request', (request, response) => {
    if (!hasBody(request) || Number(request.headers['content-length']) <= SHORT_BYTES) return;
    const { shouldKeepAlive } = response;
    response.shouldKeepAlive = false;
    request.once('end', () => {
      response.shouldKeepAlive = shouldKeepAlive;
    });
  });
}
