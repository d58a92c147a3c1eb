/** Liveness and readiness of the API. */
import { Router } from 'express';

/** `/healthz`: the process runs. `/readyz`: Temporal answers, so that orders can be taken. */
export function healthRoutes(isTemporalThere: () => Promise<boolean>): Router {
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
  return router;
}
