/** Liveness, readiness and figures of the API. */
import { Router } from 'express';

export interface Health {
  isTemporalThere(): Promise<boolean>;
  readonly metrics: { readonly contentType: string; text(): Promise<string> };
}

/** `/healthz`: the process runs. `/readyz`: Temporal answers, so that orders can be taken. `/metrics`: for Prometheus. */
export function healthRoutes({ isTemporalThere, metrics }: Health): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const isReady = await isTemporalThere();
    response
      .status(isReady ? 200 : 503)
      .json(
        isReady ? { status: 'ok' } : { status: 'unavailable', detail: 'Temporal does not answer' },
      );
  });
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.text());
  });
  return router;
}
