/** Whether an order still waits for something that will come by itself. */
import type { Evidence } from './evidence.ts';

/** A timer that should have fired is none. */
const SLACK_MS = 15_000;

/** Not yet known how it ends: what is asked for is pending, or whether it exists is. */
export function isUnsettled({ read }: Evidence): boolean {
  const { phase, pending_operation } = read.body ?? {};
  return phase === 'creating' || phase === 'authorizing' || pending_operation !== undefined;
}

/** Something will wake the run. */
export function hasPending({ runs }: Evidence, now: number): boolean {
  const last = runs.at(-1);
  if (last?.status !== 'RUNNING') return false;
  return last.activities.length > 0 || last.timers.some((at) => at > now - SLACK_MS);
}

export function isLegitimatelyWaiting(evidence: Evidence, now: number): boolean {
  return isUnsettled(evidence) && hasPending(evidence, now);
}
