/** How often the merchant may call. */
import { Router } from 'express';
import { RateLimits, type RateLimit } from '../transport/rate-limit.ts';

export function rateLimitRouter(rateLimit: RateLimit): Router {
  return Router()
    .get('/', (_req, res) => {
      res.json(rateLimit.limits());
    })
    .post('/', (req, res) => {
      rateLimit.set(RateLimits.parse(req.body ?? {}));
      res.json(rateLimit.limits());
    })
    .delete('/', (_req, res) => {
      rateLimit.set({});
      res.json(rateLimit.limits());
    });
}
