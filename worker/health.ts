/** Liveness, readiness and figures of the worker over HTTP, for whatever watches its process. */
import { createServer, type Server } from 'node:http';
import { answerFigures, type Figures } from '../process/metrics-server.ts';

export interface Watched {
  /** Why it is of no use now, in a sentence for people; undefined when it is. */
  whyUnready(): string | undefined;
  readonly metrics: Figures;
}

/** `/healthz`: the process runs. `/readyz`: 200 while the worker takes tasks that it can carry out, else 503 and why not. `/metrics`: for Prometheus. */
export function createProbe({ whyUnready, metrics }: Watched): Server {
  const figures = answerFigures(metrics);
  return createServer((request, response) => {
    const { url } = request;
    if (url === '/metrics') return figures(request, response);
    const detail = url === '/readyz' ? whyUnready() : undefined;
    const isKnown = url === '/healthz' || url === '/readyz';
    const status = !isKnown ? 404 : detail === undefined ? 200 : 503;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: status === 200 ? 'ok' : 'unavailable', detail }));
  });
}
