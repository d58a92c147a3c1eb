/** The business clock, to be read and set. */
import { Router } from 'express';
import * as z from 'zod';
import type { BusinessClock } from '../business-clock.ts';

const Setting = z
  .object({
    /** Business time becomes this moment. */
    now: z.iso.datetime({ offset: true }).optional(),
    /** Business time jumps ahead by this much. */
    advance_seconds: z.number().min(0).optional(),
    /** How many business seconds pass in a real one. */
    factor: z.number().positive().max(1_000_000).optional(),
  })
  .refine(({ now, advance_seconds }) => now === undefined || advance_seconds === undefined, {
    error: 'either now or advance_seconds',
  });

export function clockRouter(clock: BusinessClock): Router {
  const told = () => ({ now: new Date(clock.now()).toISOString(), factor: clock.factor() });

  return Router()
    .get('/', (_req, res) => {
      res.json(told());
    })
    .post('/', (req, res) => {
      const { now, advance_seconds = 0, factor } = Setting.parse(req.body ?? {});
      const from = now === undefined ? clock.now() : Date.parse(now);
      clock.set({ now: new Date(from + advance_seconds * 1000), factor });
      res.json(told());
    });
}
