/** Liveness and readiness of the worker over HTTP, for whatever watches its process. */
import { createServer, type Server } from 'node:http';

/** `/healthz`: the process runs. `/readyz`: 200 while the worker takes tasks, else 503. */
export function createProbe(isReady: () => boolean): Server {
  return createServer(({ url }, response) => {
    const status = url === '/healthz' ? 200 : url === '/readyz' ? (isReady() ? 200 : 503) : 404;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: status === 200 ? 'ok' : 'unavailable' }));
  });
}
