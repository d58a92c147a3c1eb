/** The figures over HTTP, for Prometheus: on a port of its own, since they tell how much money moves. */
import { createServer, type RequestListener, type Server } from 'node:http';

export interface Figures {
  readonly contentType: string;
  text(): Promise<string>;
}

/** Answers `/metrics`, and 404 to all else. */
export function createMetricsServer(figures: Figures): Server {
  const answer = answerFigures(figures);
  return createServer((request, response) => {
    if (request.url === '/metrics') return answer(request, response);
    response.writeHead(404).end();
  });
}

/** The answer to `/metrics`, wherever it is asked for. */
export function answerFigures({ contentType, text }: Figures): RequestListener {
  return (_request, response) => {
    text().then(
      (body) => response.writeHead(200, { 'content-type': contentType }).end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  };
}
