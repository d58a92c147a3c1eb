/** Whether an order came out right, by WeChat Pay's ledger: every rule, and what each has to say. */
import { amountRules } from './amount-rules.ts';
import { answerRules } from './answer-rules.ts';
import type { Evidence } from './evidence.ts';
import { foreignRules } from './foreign-rules.ts';
import { permissionRules } from './permission-rules.ts';
import { promiseRules } from './promise-rules.ts';
import { runRules } from './run-rules.ts';
import { stateRules } from './state-rules.ts';
import type { JudgeContext, Rule } from './rule.ts';
import { untakenRules } from './untaken-rules.ts';

export interface Disagreement {
  readonly out_order_no: string;
  readonly story: string;
  readonly rule: string;
  readonly reason: string;
}

export const RULES: Readonly<Record<string, Rule>> = {
  ...stateRules,
  ...amountRules,
  ...answerRules,
  ...promiseRules,
  ...permissionRules,
  ...foreignRules,
  ...runRules,
  ...untakenRules,
};

export function judge(evidence: Evidence, context: JudgeContext): Disagreement[] {
  const { out_order_no, story } = evidence;
  return Object.entries(RULES).flatMap(([rule, says]) =>
    says(evidence, context).map((reason) => ({ out_order_no, story, rule, reason })),
  );
}
