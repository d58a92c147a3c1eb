/** Asks Temporal once a minute how all orders stand, for the figures: here and not in the worker, because that may be what is missing. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Metrics } from '../process/metrics.ts';
import type { Services } from '../payscore/order/opening.ts';
import type { Temporal } from '../temporal/client.ts';
import { surveyOf } from '../temporal/survey.ts';

const EVERY_MS = 60_000;

/** Ends with the signal; never fails. */
export async function keepSurveying(
  temporal: Temporal,
  services: Services,
  { noteSurvey }: Pick<Metrics, 'noteSurvey'>,
  signal: AbortSignal,
  everyMs = EVERY_MS,
): Promise<void> {
  while (!signal.aborted) {
    noteSurvey(await surveyOf(temporal, services));
    await delay(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
