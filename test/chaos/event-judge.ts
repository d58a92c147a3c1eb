/** Whether business code was told by itself what it had to be told of an order: every rule, and what each has to say. */
import type { EventEvidence } from './event-evidence.ts';
import { eventRules, type EventRule } from './event-rules.ts';
import { eventTruthRules } from './event-truth-rules.ts';
import type { Disagreement } from './judge.ts';

export const EVENT_RULES: Readonly<Record<string, EventRule>> = {
  ...eventRules,
  ...eventTruthRules,
};

export function judgeEvents(evidence: EventEvidence): Disagreement[] {
  const { out_order_no, story } = evidence;
  return Object.entries(EVENT_RULES).flatMap(([rule, says]) =>
    says(evidence).map((reason) => ({ out_order_no, story, rule, reason })),
  );
}
