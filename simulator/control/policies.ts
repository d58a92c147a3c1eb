/** How WeChat Pay behaves where its documents leave it open, to be read and decided. */
import { Router } from 'express';
import { PolicyChange, type PolicyBook } from '../policies.ts';

export function policiesRouter(policies: PolicyBook): Router {
  return Router()
    .get('/', (_req, res) => {
      res.json(policies.now());
    })
    .patch('/', (req, res) => {
      policies.change(PolicyChange.parse(req.body ?? {}));
      res.json(policies.now());
    })
    .delete('/', (_req, res) => {
      policies.reset();
      res.json(policies.now());
    });
}
