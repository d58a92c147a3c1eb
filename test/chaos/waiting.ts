/** Whether an order still waits for something that will come by itself. */
import type { Evidence } from './evidence.ts';
import type { JudgeContext } from './rule.ts';
import { FINAL } from './standing.ts';

/** A timer that should have fired is none. */
const SLACK_MS = 15_000;

/** WeChat Pay did not take our calls as long as there was time: nothing was created, and its run has failed. */
export function isUntaken({ phase, trouble, explanation }: any): boolean {
  const isBefore = phase === 'creating' || phase === 'authorizing';
  return isBefore && trouble === 'misconfigured' && explanation !== undefined;
}

/** Not yet known how it ends: what is asked for is pending, or whether it exists is. */
export function isUnsettled({ read }: Evidence): boolean {
  if (isUntaken(read.body ?? {})) return false;
  const { phase, pending_operation } = read.body ?? {};
  return phase === 'creating' || phase === 'authorizing' || pending_operation !== undefined;
}

/** Something will wake the run. */
export function hasPending({ runs }: Evidence, now: number): boolean {
  const last = runs.at(-1);
  if (last?.status !== 'RUNNING') return false;
  return last.activities.length > 0 || last.timers.some((at) => at > now - SLACK_MS);
}

/** As it had ended, until WeChat Pay has told once more: a run that was reset after the end looks for it. */
export function isLookedUpAgain(evidence: Evidence, now: number): boolean {
  const { phase } = evidence.read.body ?? {};
  return FINAL.includes(phase) && isUnsettled(evidence) && hasPending(evidence, now);
}

/** In a short run also for WeChat Pay to let itself be asked again, or for the next attempt to ask it: that takes minutes. */
export function isLegitimatelyWaiting(
  evidence: Evidence,
  { now, unsettled }: Pick<JudgeContext, 'now' | 'unsettled'>,
): boolean {
  const { trouble, phase } = evidence.read.body ?? {};
  const cannotAsk = trouble === 'misconfigured' || trouble === 'unresolved';
  // An order in service waits for business code alone, unless WeChat Pay is being asked about it.
  const isAsking = phase === 'in_service';
  const waits = isUnsettled(evidence) || ((cannotAsk || isAsking) && unsettled === 'let be');
  return waits && hasPending(evidence, now);
}
