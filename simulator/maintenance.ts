/** A maintenance window: for a while every call is answered alike, whatever it is, and nothing is executed. */
import * as z from 'zod';
import type { RequestHandler } from 'express';
import type { BusinessClock } from './business-clock.ts';
import type { Collection } from './journal.ts';
import { refusalAnswer, type Answerer } from './transport/answer.ts';
import { RefusalError } from './transport/refusal-error.ts';
import { newRequestStem } from './transport/request-id.ts';

export const Maintenance = z.strictObject({
  seconds: z.number().min(0).max(31_536_000),
  /** Whose seconds they are. */
  clock: z.enum(['business', 'real']).default('real'),
  /** JSON with SERVICE_UNAVAILABLE, unsigned or signed; or a page, some of which come with a 200. */
  answered: z.enum(['json-503', 'signed-503', 'html-503', 'html-200']).default('json-503'),
});
export type Maintenance = z.infer<typeof Maintenance>;

interface Window extends Omit<Maintenance, 'seconds'> {
  readonly until_ms: number;
}

export interface MaintenanceBook {
  begin(maintenance: Maintenance): void;
  end(): void;
  /** How the calls of now are answered; undefined outside the window. */
  now(): Maintenance | undefined;
}

export function createMaintenance(
  kept: Collection<Window | null>,
  clock: Pick<BusinessClock, 'now'>,
): MaintenanceBook {
  const timeOf = { business: clock.now, real: Date.now };
  return {
    begin: ({ seconds, ...rest }) =>
      kept.put('window', { ...rest, until_ms: timeOf[rest.clock]() + seconds * 1000 }),
    end: () => kept.put('window', null),
    now() {
      const { until_ms = 0, ...rest } = kept.get('window') ?? {};
      if (!('clock' in rest)) return undefined;
      const seconds = (until_ms - timeOf[rest.clock]()) / 1000;
      return seconds > 0 ? { ...rest, seconds } : undefined;
    },
  };
}

const PAGE =
  '<html><head><title>系统维护中</title></head><body>系统维护中，请稍后再试</body></html>\n';

export function duringMaintenance(maintenance: MaintenanceBook, answer: Answerer): RequestHandler {
  return (req, res, next) => {
    const window = maintenance.now();
    switch (window?.answered) {
      case undefined:
        return next();
      case 'html-503':
      case 'html-200':
        return void res
          .status(window?.answered === 'html-200' ? 200 : 503)
          .type('html')
          .end(PAGE);
      case 'json-503':
      case 'signed-503': {
        const refusal = refusalAnswer(new RefusalError('unavailable'));
        const unsigned = window?.answered === 'json-503';
        return answer(req, res, newRequestStem(), { ...refusal, unsigned });
      }
    }
  };
}
