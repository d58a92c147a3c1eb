/** What business code was told holds. */
import { answerOf, entriesKeyed, isTaken, type Entry, type Reply } from './book.ts';
import type { Rule } from './rule.ts';
import { toldOf } from './amount-rules.ts';
import type { Evidence } from './evidence.ts';
import { isInLedger } from './ledger.ts';
import { askedOf, isAccepted, isKeyReused } from './outcome.ts';
import { FINAL, standingOf } from './standing.ts';

export const answerRules: Readonly<Record<string, Rule>> = {
  'no request fails for a reason of ours': ({ entries }) =>
    entries.flatMap((entry) =>
      entry.replies
        .filter(({ status }) => status === 500 || status === 400 || status === 401)
        .map(({ status, body }) => `${toldOf(entry)}: ${status} ${JSON.stringify(body)}`),
    ),

  'business code is answered in the end': ({ entries }) =>
    entries
      .filter((entry) => answerOf(entry) === undefined)
      .map((entry) => `gave up: ${toldOf(entry)}`),

  'whatever was accepted is in the ledger or in the list of operations': (evidence) => {
    const { read } = evidence;
    if (read.status !== 200) return [];
    const records: any[] = read.body.operations ?? [];
    return askedOf(evidence)
      .filter((it) => isAccepted(it) && answerOf(it.entry)?.status === 202)
      .filter(({ entry, record }) => {
        if (record !== undefined || isInLedger(evidence, entry)) return false;
        const isNameless = entry.manner.key === undefined;
        return !(isNameless && records.some((it) => it.operation === entry.request.operation));
      })
      .map(({ entry }) => `${toldOf(entry)}, and nothing is known of it`);
  },

  'an answer agrees with the list of operations': (evidence) =>
    askedOf(evidence).flatMap(({ entry, record }) => {
      const answer = answerOf(entry);
      if (record === undefined || isKeyReused(answer?.body)) return [];
      if (answer && isRefusedByNobody(entry, answer, evidence)) return [];
      const states = STATES_OF[answer?.status ?? 0];
      if (states === undefined || states.includes(record.state)) return [];
      return [`${toldOf(entry)}, and is ${record.state} in the list`];
    }),

  'the same key is answered the same': (evidence) =>
    entriesKeyed(evidence.entries).flatMap(([, group]) => {
      const [first] = group;
      const same = group.filter(
        (it) => JSON.stringify(it.request) === JSON.stringify(first!.request),
      );
      const answers = same.flatMap((entry) =>
        entry.replies.filter((it) => isTaken(it) && !isRefusedByNobody(entry, it, evidence)),
      );
      const known = new Set(answers.map(({ status }) => status).filter((it) => it !== 202));
      // A number that was not known yet leaves no record.
      known.delete(404);
      return known.size > 1 ? [same.map(toldOf).join('; ')] : [];
    }),

  'a key that was used for something else is refused': ({ entries }) =>
    entriesKeyed(entries).flatMap(([, group]) => {
      const [first] = group;
      const wasAccepted = first!.replies.some((it) => it.status === 200 || it.status === 202);
      if (!wasAccepted) return [];
      return group
        .filter(
          (it) =>
            JSON.stringify(it.request) !== JSON.stringify(first!.request) &&
            it.sentAt >= (answerOf(first!)?.at ?? Infinity) &&
            ![409, 422, undefined].includes(answerOf(it)?.status),
        )
        .map(toldOf);
    }),

  'an opening that was refused leaves nothing behind': (
    { entries, read, wechat, foreign },
    context,
  ) => {
    if (foreign !== 'no') return [];
    const refused = entries.find(
      (it) => it.request.operation === 'open' && answerOf(it)?.status === 422,
    );
    if (refused === undefined) return [];
    const { phase } = read.body ?? {};
    const standing = standingOf(wechat?.order);
    const isOver = ['rejected', 'unauthorized'].includes(phase) && FINAL.includes(phase);
    if (isOver && (standing === 'none' || standing === 'REVOKED')) return [];
    return [`${toldOf(refused)}; ${phase} here, ${standing} at WeChat Pay (${context.now})`];
  },

  'another body under the same number opens nothing': ({ entries }) => {
    const firstTaken = entries.find(
      (it) =>
        it.request.operation === 'open' && [200, 201, 202].includes(answerOf(it)?.status ?? 0),
    );
    return entries
      .filter((it) => it.request.operation === 'open otherwise' && firstTaken !== undefined)
      .filter((it) => it.sentAt > answerOf(firstTaken!)!.at && answerOf(it)?.status !== 409)
      .filter((it) => answerOf(it) !== undefined)
      .map(toldOf);
  },

  'what is called WeChat Pay’s refusal is WeChat Pay’s': ({ entries, read }, { objectionTo }) => {
    const told = [
      ...entries.flatMap(({ replies }) => replies.map(({ body }) => body?.request_id)),
      ...(read.body?.operations ?? []).map((it: any) => it.refusal?.request_id),
      read.body?.last_refusal?.request_id,
    ];
    return [...new Set(told.filter((it) => typeof it === 'string' && it !== ''))].flatMap((id) => {
      const objection = objectionTo(id as string);
      return objection === undefined ? [] : [`${id}: ${objection}`];
    });
  },
};

const STATES_OF: Readonly<Record<number, readonly string[]>> = {
  200: ['done'],
  202: ['waiting', 'running', 'done', 'refused', 'not_allowed', 'left_behind'],
  409: ['not_allowed'],
  422: ['refused'],
};

/** No run was going on all the time that could have kept it: another one may have begun before the answer came. */
function isRefusedByNobody({ sentAt, replies }: Entry, reply: Reply, { runs }: Evidence): boolean {
  const before = replies[replies.indexOf(reply) - 1]?.at ?? sentAt;
  const isHeard = runs.some(
    ({ startedAt, closedAt }) => startedAt <= before && reply.at < closedAt,
  );
  return reply.status === 409 && !isHeard;
}
