/** Liveness, readiness and figures of the worker over HTTP, for whatever watches its process. */
import { createServer, type Server } from 'node:http';

export interface Watched {
  /** Why it is of no use now, in a sentence for people; undefined when it is. */
  whyUnready(): string | undefined;
  readonly metrics: { readonly contentType: string; text(): Promise<string> };
}

/** `/healthz`: the process runs. `/readyz`: 200 while the worker takes tasks that it can carry out, else 503 and why not. `/metrics`: for Prometheus. */
export function createProbe({ whyUnready, metrics }: Watched): Server {
  return createServer(({ url }, response) => {
    if (url === '/metrics') {
      void metrics.text().then((text) => {
        response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
      });
      return;
    }
    const detail = url === '/readyz' ? whyUnready() : undefined;
    const isKnown = url === '/healthz' || url === '/readyz';
    const status = !isKnown ? 404 : detail === undefined ? 200 : 503;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: status === 200 ? 'ok' : 'unavailable', detail }));
  });
}
