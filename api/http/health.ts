/** Liveness and readiness of the API. */
import { Router } from 'express';

export interface Health {
  /** In a sentence for people; undefined where orders can be taken. */
  whyUnready(): Promise<string | undefined>;
}

/** `/healthz`: the process runs. `/readyz`: Temporal answers and the clock is right, so that orders can be taken. */
export function healthRoutes({ whyUnready }: Health): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const detail = await whyUnready();
    response
      .status(detail === undefined ? 200 : 503)
      .json(detail === undefined ? { status: 'ok' } : { status: 'unavailable', detail });
  });
  return router;
}
