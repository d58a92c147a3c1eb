/** Nobody is bound by an order that he does not wait for. */
import { isOf, type Deed, type Entry } from './book.ts';
import type { Evidence } from './evidence.ts';
import type { Question } from './history.ts';
import type { Rule } from './rule.ts';
import { eventsOf } from './ledger.ts';
import { tellingsOf } from './told.ts';

export const permissionRules: Readonly<Record<string, Rule>> = {
  'an order that waited is created only for a user who waits for it': (evidence) => {
    if (evidence.foreign !== 'no') return [];
    const waited = tellingsOf(evidence).find(({ phase }) => phase === 'authorizing');
    return eventsOf(evidence, 'created').flatMap(({ real_time }) => {
      const at = Date.parse(real_time);
      if (waited === undefined || waited.at > at || isAwaited(evidence, at)) return [];
      return [`created at ${real_time}, and nobody had said that its user waits`];
    });
  },
};

/**
 * Either the user has authorised for this very order, or business code said that he waits when he had authorised. A question
 * of business code's may reach the order late, and is looked into though its caller was told meanwhile what was known.
 */
function isAwaited(evidence: Evidence, at: number): boolean {
  const { out_order_no, deeds, entries } = evidence;
  const before = deeds.filter(({ from }) => from <= at);
  if (before.some(({ kind, code }) => kind === 'authorised' && code === out_order_no)) return true;
  const asked = entries
    .filter((entry) => isOf(entry, 'open') || isOf(entry, 'refresh'))
    .map((entry) => ({ from: entry.sentAt, until: answeredAt(entry) }));
  return isAnswered([...asked, ...questionsOf(evidence)], before, at);
}

/** It was created for a question that was on its way when the user authorised for another number, and nobody could know that. */
export function isForAQuestion(evidence: Evidence): boolean {
  const { out_order_no, deeds } = evidence;
  const ofAnother = (code: string | undefined) => code !== undefined && code !== out_order_no;
  const others = deeds.filter(({ kind, code }) => kind !== 'authorised' || ofAnother(code));
  return eventsOf(evidence, 'created').some(({ real_time }) => {
    const at = Date.parse(real_time);
    const before = others.filter(({ from }) => from <= at);
    return isAnswered(questionsOf(evidence), before, at);
  });
}

function questionsOf({ runs }: Evidence): Question[] {
  return runs.flatMap(({ questions }) => questions);
}

function isAnswered(questions: readonly Question[], deeds: readonly Deed[], at: number): boolean {
  return questions.some((question) => question.from <= at && wasPermitted(deeds, question));
}

/** At some moment of the question, as long as that was under way. */
function wasPermitted(deeds: readonly Deed[], { from: askedAt, until }: Question): boolean {
  return deeds.some(({ kind, from }, index) => {
    if (kind !== 'authorised' || from > until) return false;
    const revoked = deeds.slice(index + 1).find((it) => it.kind === 'revoked');
    return (revoked?.until ?? Infinity) >= askedAt;
  });
}

/** What is only taken may be looked into at any later time. */
function answeredAt({ replies }: Entry): number {
  const last = replies.at(-1);
  const isKnown = last?.status !== undefined && last.body?.timeline !== undefined;
  return isKnown && last.body.phase !== 'creating' ? last.at : Infinity;
}
