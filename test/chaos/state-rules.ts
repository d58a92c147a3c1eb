/** The order stands where WeChat Pay has it, and whatever is not over will go on by itself. */
import { toldOf } from './amount-rules.ts';
import { answerOf, isOf, isOthers } from './book.ts';
import type { Evidence } from './evidence.ts';
import type { Rule } from './rule.ts';
import { FINAL, isAlive, STANDINGS, standingOf } from './standing.ts';
import { readsInTurn } from './told.ts';
import { hasPending, isLegitimatelyWaiting, isUnsettled, isUntaken } from './waiting.ts';

const RANK: Readonly<Record<string, number>> = {
  authorizing: 0,
  creating: 0,
  in_service: 1,
  paying: 2,
};
const rankOf = (phase: string) => RANK[phase] ?? 3;

export const stateRules: Readonly<Record<string, Rule>> = {
  'business code goes its whole path': ({ breakdown }) =>
    breakdown === undefined ? [] : [breakdown],

  'an order that was taken can be read': ({ entries, read, runs, wechat, foreign }) => {
    if (read.status === 200) return [];
    const taken = entries
      .filter(({ request }) => request.operation === 'open' || request.operation === 'adopt')
      .find((it) => [200, 201, 202].includes(answerOf(it)?.status ?? 0));
    // Ended from outside before it existed, and looked for in vain.
    const isFree =
      entries.some((it) => isOf(it, 'adopt') && answerOf(it)?.status === 404) ||
      runs.at(-1)?.failure === 'NotFound';
    if (taken && !(isFree && wechat === undefined)) {
      return [`${toldOf(taken)}, and reading it ${read.status}`];
    }
    return wechat && foreign === 'no' ? [`at WeChat Pay, read with ${read.status}`] : [];
  },

  'the phase is WeChat Pay’s state': (evidence, context) => {
    const { read, wechat } = evidence;
    if (read.status !== 200 || isLegitimatelyWaiting(evidence, context)) return [];
    if (isLeftToOthers(evidence)) return [];
    const { phase } = read.body;
    const standing = standingOf(wechat?.order);
    if (isUntaken(read.body))
      return standing === 'none' ? [] : [`not taken here, ${standing} there`];
    return STANDINGS[phase]?.includes(standing) ? [] : [`${phase} here, ${standing} at WeChat Pay`];
  },

  'nothing goes on at WeChat Pay that has ended here': (evidence) => {
    const standing = standingOf(evidence.wechat?.order);
    const { phase } = evidence.read.body ?? {};
    if (isLeftToOthers(evidence)) return [];
    return FINAL.includes(phase) && isAlive(standing) ? [`${phase} here, ${standing} there`] : [];
  },

  'what is not over will go on by itself': (evidence, { now }) => {
    const { phase } = evidence.read.body ?? {};
    const isOver = FINAL.includes(phase) || isUntaken(evidence.read.body ?? {});
    const needsNothing = phase === undefined || isOver;
    const rests = phase === 'in_service' && !isUnsettled(evidence);
    if (needsNothing || rests || hasPending(evidence, now)) return [];
    return [`${phase}, and neither an activity nor a timer is pending`];
  },

  'nothing is pending for ever': (evidence, { unsettled }) => {
    if (unsettled === 'let be' || !isUnsettled(evidence) || isHidden(evidence)) return [];
    const { phase, pending_operation } = evidence.read.body;
    return [`still ${phase}, pending ${JSON.stringify(pending_operation)} after the settling time`];
  },

  'an order only moves forward': (evidence, { now }) =>
    readsInTurn(evidence, now).flatMap((reads) =>
      reads.flatMap(({ phase }, index) => {
        const before = reads[index - 1]?.phase;
        if (before === undefined || before === phase) return [];
        if (phase === 'paid' && isChargedAfterAll(evidence)) return [];
        const isBack = rankOf(phase) < rankOf(before) || rankOf(before) === 3;
        return isBack ? [`${phase} after ${before}`] : [];
      }),
    ),

  'every callback is taken': ({ notifications }) =>
    notifications
      .filter(({ state }) => state !== 'delivered')
      .map(({ event_type, attempts }) => `${event_type}: ${JSON.stringify(attempts.at(-1))}`),
};

/** For money it goes on from any end. */
function isChargedAfterAll({ wechat }: Evidence): boolean {
  const events = (wechat?.ledger ?? []).map(({ event }) => event);
  const end = events.findIndex((event) => event === 'cancelled' || event === 'synced');
  return end >= 0 && events.slice(end).includes('charged');
}

/** Whether the creation was refused nobody tells, WeChat Pay does not show the order, and that is said. */
export function isHidden({ foreign, read }: Pick<Evidence, 'foreign' | 'read'>): boolean {
  const { trouble, pending_operation } = read.body;
  const isUnknown = pending_operation?.operation === 'create' && pending_operation.is_unknown;
  return foreign === 'hidden' && isUnknown && trouble === 'unresolved';
}

/** What was asked for under a number that another order has came to nothing. */
function isLeftToOthers({ foreign, read }: Evidence): boolean {
  return isOthers(foreign) && read.body?.phase === 'rejected';
}
