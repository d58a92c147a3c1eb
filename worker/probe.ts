/** Liveness, readiness and figures of the worker over HTTP, for whatever watches its process. */
import { createServer, type Server } from 'node:http';

export interface Watched {
  isReady(): boolean;
  readonly metrics: { readonly contentType: string; text(): Promise<string> };
}

/** `/healthz`: the process runs. `/readyz`: 200 while the worker takes tasks, else 503. `/metrics`: for Prometheus. */
export function createProbe({ isReady, metrics }: Watched): Server {
  return createServer(({ url }, response) => {
    if (url === '/metrics') {
      void metrics.text().then((text) => {
        response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
      });
      return;
    }
    const status = url === '/healthz' ? 200 : url === '/readyz' ? (isReady() ? 200 : 503) : 404;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: status === 200 ? 'ok' : 'unavailable' }));
  });
}
