/** Liveness and readiness of the API. */
import { Router } from 'express';
import { wordsFor } from './language.ts';
import type { Sentence } from '../../words/sentence.ts';

export interface Health {
  /** Undefined where orders can be taken. */
  whyUnready(): Promise<Sentence | undefined>;
}

/** `/healthz`: the process runs. `/readyz`: Temporal answers and the clock is right, so that orders can be taken. */
export function healthRoutes({ whyUnready }: Health): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const why = await whyUnready();
    if (!why) return void response.json({ status: 'ok' });
    response.status(503).json({ status: 'unavailable', detail: why(wordsFor(response)) });
  });
  return router;
}
