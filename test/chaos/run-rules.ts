/** What Temporal keeps of an order is sound, and names nobody. */
import { namesPerson } from './logs.ts';
import type { Rule } from './rule.ts';
import { FINAL } from './standing.ts';
import { isLookedUpAgain, isUntaken } from './waiting.ts';

/** What came in between, and what an operator does with a run. */
const HARMLESS = ['UNHANDLED_COMMAND', 'RESET_WORKFLOW', 'FORCE_CLOSE_COMMAND'];

export const runRules: Readonly<Record<string, Rule>> = {
  'no workflow task fails for a reason of ours': ({ runs }) =>
    runs.flatMap(({ runId, taskFailures }) =>
      taskFailures
        .filter((cause) => !HARMLESS.some((it) => cause.endsWith(it)))
        .map((cause) => `${cause} in run ${runId}`),
    ),

  'a run goes on until the order has ended and owes nothing': (evidence, { now }) => {
    const { runs, read } = evidence;
    const statuses = runs.map(({ status }) => status);
    const last = statuses.at(-1);
    const isFinal = FINAL.includes(read.body?.phase) && !isLookedUpAgain(evidence, now);
    if (last === undefined || read.status !== 200) return [];
    const isOver = isFinal && read.body.trouble !== 'refund_due';
    const wanted = isUntaken(read.body) ? 'FAILED' : isOver ? 'COMPLETED' : 'RUNNING';
    return last === wanted ? [] : [`${read.body.phase}, and its runs are ${statuses.join(', ')}`];
  },

  'search attributes say what the order says': (evidence, { now }) => {
    const { runs, read } = evidence;
    const attributes = runs.at(-1)?.searchAttributes;
    if (attributes === undefined || read.status !== 200) return [];
    const { phase, trouble, collection } = read.body;
    const charges = phase === 'paid' ? chargesOf(collection) : [];
    const expected = {
      PayscorePhase: isLookedUpAgain(evidence, now) ? 'creating' : phase,
      PayscoreTrouble: trouble,
      // What a coupon paid for, or the user paid the merchant, is in no bill.
      PayscorePaidAmount: charges.length > 0 ? sumOf(charges) : undefined,
      PayscoreTransactionId: charges[0]?.transaction_id,
    };
    return Object.entries(expected).flatMap(([name, value]) => {
      const told = [attributes[name]].flat()[0] ?? undefined;
      return String(told) === String(value) ? [] : [`${name} is ${String(told)}, not ${value}`];
    });
  },

  'nobody is named in search attributes': ({ runs }) =>
    runs.flatMap(({ searchAttributes }) =>
      namesPerson(JSON.stringify(searchAttributes)) ? ['an openid'] : [],
    ),
};

interface Charge {
  readonly amount: number;
  readonly transaction_id: string;
}

function chargesOf({ details = [] }: any): Charge[] {
  return details.filter(({ paid_type, amount }: any) => paid_type === 'NEWTON' && amount > 0);
}

function sumOf(charges: readonly Charge[]): number {
  return charges.reduce((sum, { amount }) => sum + amount, 0);
}
