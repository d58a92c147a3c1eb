/** How WeChat Pay behaves where its documents leave it open, to be read and decided. */
import { Router } from 'express';
import * as z from 'zod';
import { PolicyChange } from '../policies.ts';
import type { PolicyBook } from '../policy-book.ts';
import { Preset } from '../presets.ts';

const Taken = z.strictObject({ preset: Preset });

export function policiesRouter(policies: PolicyBook): Router {
  return Router()
    .get('/', (_req, res) => {
      res.json(policies.now());
    })
    .patch('/', (req, res) => {
      policies.change(PolicyChange.parse(req.body ?? {}));
      res.json(policies.now());
    })
    .get('/preset', (_req, res) => {
      res.json({ preset: policies.preset() });
    })
    .put('/preset', (req, res) => {
      policies.take(Taken.parse(req.body ?? {}).preset);
      res.json(policies.now());
    })
    .delete('/', (_req, res) => {
      policies.reset();
      res.json(policies.now());
    });
}
