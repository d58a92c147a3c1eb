/** Whether the API can take anything now. */
import type { Metrics } from '../../process/metrics.ts';
import { withDeadline, type Temporal } from '../../temporal/client.ts';
import { isUnprepared } from '../../temporal/errors.ts';
import { provenAhead } from '../../temporal/clock.ts';
import type { Sentence } from '../../words/sentence.ts';

/** Requests name the moment until which they may be taken: further apart, no worker takes them, or takes them too late. */
const LIMIT_SECONDS = 30;
const PROBE_MS = 2_000;

/** @returns undefined where it can */
export async function whyUnready(
  temporal: Temporal,
  { noteClock }: Pick<Metrics, 'noteClock'>,
): Promise<Sentence | undefined> {
  if (!(await isTemporalThere(temporal))) return ({ answers }) => answers.temporalAway;
  // What cannot be asked proves nothing about the clock.
  const ahead = await withDeadline(temporal, Date.now() + PROBE_MS, () =>
    provenAhead(temporal),
  ).catch(() => 0);
  noteClock('temporal', ahead);
  if (Math.abs(ahead) <= LIMIT_SECONDS) return undefined;
  return ({ answers }) => answers.clockApart(ahead);
}

/** Whether Temporal answers at all, and lets us in: what it tells of itself it tells everybody. */
export async function isTemporalThere(temporal: Temporal): Promise<boolean> {
  const { namespace } = temporal.client.options;
  try {
    await withDeadline(temporal, Date.now() + PROBE_MS, () =>
      temporal.client.workflowService.describeNamespace({ namespace }),
    );
    return true;
  } catch (error) {
    return isUnprepared(error);
  }
}
