/** The order stands where WeChat Pay has it, and whatever is not over will go on by itself. */
import { toldOf } from './amount-rules.ts';
import { answerOf } from './book.ts';
import type { Rule } from './judge.ts';
import { FINAL, isAlive, STANDINGS, standingOf } from './standing.ts';
import { hasPending, isLegitimatelyWaiting, isUnsettled } from './waiting.ts';

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

  'an order that was taken can be read': ({ entries, read, wechat, isForeign }) => {
    if (read.status === 200) return [];
    const taken = entries
      .filter(({ request }) => request.operation === 'open' || request.operation === 'adopt')
      .find((it) => [200, 201, 202].includes(answerOf(it)?.status ?? 0));
    if (taken) return [`${toldOf(taken)}, and reading it ${read.status}`];
    return wechat && !isForeign ? [`at WeChat Pay, read with ${read.status}`] : [];
  },

  'the phase is WeChat Pay’s state': (evidence, { now }) => {
    const { read, wechat } = evidence;
    if (read.status !== 200 || isLegitimatelyWaiting(evidence, now)) return [];
    const { phase } = read.body;
    const standing = standingOf(wechat?.order);
    return STANDINGS[phase]?.includes(standing) ? [] : [`${phase} here, ${standing} at WeChat Pay`];
  },

  'nothing goes on at WeChat Pay that has ended here': ({ read, wechat }) => {
    const standing = standingOf(wechat?.order);
    const { phase } = read.body ?? {};
    return FINAL.includes(phase) && isAlive(standing) ? [`${phase} here, ${standing} there`] : [];
  },

  'what is not over will go on by itself': (evidence, { now }) => {
    const { phase } = evidence.read.body ?? {};
    const needsNothing = phase === undefined || FINAL.includes(phase);
    const rests = phase === 'in_service' && !isUnsettled(evidence);
    if (needsNothing || rests || hasPending(evidence, now)) return [];
    return [`${phase}, and neither an activity nor a timer is pending`];
  },

  'nothing is pending for ever': (evidence, { unsettled }) => {
    if (unsettled === 'let be' || !isUnsettled(evidence)) return [];
    const { phase, pending_operation } = evidence.read.body;
    return [`still ${phase}, pending ${JSON.stringify(pending_operation)} after the settling time`];
  },

  'an order only moves forward': ({ sightings, read }) => {
    const phases = [...sightings.map(({ phase }) => phase)];
    if (read.status === 200) phases.push(read.body.phase);
    return phases.flatMap((phase, index) => {
      const before = phases[index - 1];
      if (before === undefined || before === phase) return [];
      const isBack = rankOf(phase) < rankOf(before) || rankOf(before) === 3;
      return isBack ? [`${phase} after ${before}`] : [];
    });
  },

  'every callback is taken': ({ notifications }) =>
    notifications
      .filter(({ state }) => state !== 'delivered')
      .map(({ event_type, attempts }) => `${event_type}: ${JSON.stringify(attempts.at(-1))}`),
};
