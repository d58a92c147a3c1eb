/** The business clock, to be read and set. */
import { Router } from 'express';
import * as z from 'zod';
import type { BusinessClock } from '../business-clock.ts';
import { ControlError } from './control-error.ts';

/** Ten years at once, and never beyond the year 9999: no text of a time has more digits. */
const LONGEST_SECONDS = 10 * 366 * 86_400;
const LATEST_MS = Date.parse('9999-01-01T00:00:00Z');

/** @throws {ControlError} where business time would be too late to be written */
export function advance(clock: BusinessClock, seconds: number, factor?: number): void {
  const ms = clock.now() + seconds * 1000;
  if (!(ms < LATEST_MS)) {
    throw new ControlError(400, 'the clock ends with the year 9999', 'clock_too_far');
  }
  clock.set({ now: new Date(ms), factor });
}

const Setting = z
  .object({
    /** Business time becomes this moment. */
    now: z.iso.datetime({ offset: true }).optional(), // whose years end with 9999
    /** Business time jumps ahead by this much. */
    advance_seconds: z.number().min(0).max(LONGEST_SECONDS).optional(),
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
      if (now === undefined) advance(clock, advance_seconds, factor);
      else clock.set({ now: new Date(now), factor });
      res.json(told());
    });
}
