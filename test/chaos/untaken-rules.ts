/** An opening for which WeChat Pay did not take our calls (401) burns no number: whoever repeats it begins anew. */
import { toldOf } from './amount-rules.ts';
import { isOf, isTaken } from './book.ts';
import type { RunFacts } from './history.ts';
import type { Rule } from './rule.ts';
import { isUntaken } from './waiting.ts';

const UNTAKEN = /401|clock|verif/i;

export const untakenRules: Readonly<Record<string, Rule>> = {
  'what was not taken is explained, and nothing is there': ({ read, runs, wechat }) => {
    if (!isUntaken(read.body ?? {})) return [];
    const { explanation } = read.body;
    const problems: string[] = [];
    if (!UNTAKEN.test(explanation)) problems.push(`explained by ${explanation}`);
    if (wechat !== undefined) problems.push('there is an order at WeChat Pay');
    if (runs.at(-1)?.status !== 'FAILED') problems.push(`its run is ${runs.at(-1)?.status}`);
    return problems;
  },

  'what was not taken begins anew when it is asked for again': ({ read, runs, entries }) => {
    if (!isUntaken(read.body ?? {})) return [];
    const failedAt = runs.at(-1)?.closedAt ?? Infinity;
    return entries
      .filter((entry) => isOf(entry, 'open') && entry.sentAt > failedAt)
      .filter(({ replies }) => replies.some(isTaken))
      .map(toldOf);
  },

  'a 401 burns no number': ({ out_order_no, read, runs, wechat, foreign }, { wasUntaken }) => {
    const { phase, last_refusal, explanation } = read.body ?? {};
    const isRefused = last_refusal?.operation === 'create' || foreign !== 'no';
    if (phase !== 'rejected' || isRefused || wechat !== undefined) return [];
    // What has begun anew may come to another end: nobody waits any more, or an answer is lost.
    const ended = runs.filter((run) => hasFailed(run) || run.status === 'TERMINATED');
    const begunAt = Math.max(0, ...ended.map(({ closedAt }) => closedAt));
    const isHeard = wasUntaken(out_order_no, begunAt) && heardSince(read.body.timeline, begunAt);
    return isHeard ? [`rejected: ${explanation}`] : [];
  },

  'a run fails for that alone, or where there is nothing to adopt': ({ runs, entries }) => {
    const isAdopted = entries.some((entry) => isOf(entry, 'adopt'));
    const reasons = ['Misconfigured', ...(isAdopted ? ['NotFound'] : [])];
    return runs
      .filter((run) => hasFailed(run) && !reasons.includes(run.failure ?? ''))
      .map(({ runId, failure }) => `run ${runId}: ${failure}`);
  },
};

/** What WeChat Pay said to a worker that was killed meanwhile nobody knows; times are told in whole seconds. */
function heardSince(timeline: readonly any[] = [], since: number): boolean {
  return timeline.some(({ at, event }) => Date.parse(at) >= since - 1_000 && UNTAKEN.test(event));
}

const hasFailed = ({ status }: RunFacts) => status === 'FAILED';
