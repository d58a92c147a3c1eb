/** What may be asked of an order now. */
import type { Rule } from '../order/fact.ts';
import type { OperationRecord, Requests } from '../order/operation.ts';
import type { AskedOperation } from '../order/operation-name.ts';
import { isFinal, type Phase } from './phase.ts';

/** `go`: send it. `done`: its effect is there already, with the same values. `not_allowed`: refused, by which rule. */
export type Decision =
  | { readonly kind: 'go' }
  | { readonly kind: 'done' }
  | { readonly kind: 'not_allowed'; readonly rule: Rule };

/** What the rules look at: a running order has it, and so has the view of one that has ended. */
export interface OrderFacts {
  readonly phase: Phase;
  /** In fen, as WeChat last said. */
  readonly total_amount?: number | undefined;
  /** RFC 3339. */
  readonly completedAt?: string | undefined;
  readonly operations: readonly AskedBefore[];
}

type AskedBefore = Pick<OperationRecord, 'operation' | 'state' | 'digest'> & {
  /** In fen, what it asked WeChat to charge. */
  readonly total_amount?: number | undefined;
};

export interface Wanted<Name extends AskedOperation> {
  readonly operation: Name;
  readonly request: Requests[Name];
  /** Of the request's body; empty where a person wrote it. */
  readonly digest: string;
}

/** Whether this may be done to the order, as WeChat's state table has it (guide 3.1, 3.2.6 to 3.2.9). */
export function decide<Name extends AskedOperation>(
  standing: OrderFacts,
  wanted: Wanted<Name>,
): Decision {
  return RULES[wanted.operation](standing, wanted);
}

type Rules = {
  readonly [Name in AskedOperation]: (standing: OrderFacts, wanted: Wanted<Name>) => Decision;
};

const GO: Decision = { kind: 'go' };
const DONE: Decision = { kind: 'done' };
const COMPLETED: readonly Phase[] = ['paying', 'paid', 'paid_elsewhere', 'free'];

const RULES: Rules = {
  /** Only in DOING / USER_CONFIRM. The same completion asked again has succeeded already. */
  complete(standing, wanted) {
    const { phase, total_amount } = standing;
    if (phase === 'in_service') return GO;
    if (!COMPLETED.includes(phase)) {
      return no({ code: 'completed_only_in_service', phase });
    }
    if (isAsBefore(standing, wanted)) return DONE;
    return no({ code: 'completed_otherwise', phase, total_amount });
  },

  /** Only while WeChat is charging, and only downwards. */
  modify(standing, wanted) {
    const { phase, total_amount } = standing;
    const isThere = COMPLETED.includes(phase) && isAsBefore(standing, wanted);
    if (isThere && wanted.request.total_amount === total_amount) return DONE;
    if (phase !== 'paying') return no({ code: 'modified_only_while_paying', phase });
    if (total_amount !== undefined && wanted.request.total_amount >= total_amount) {
      return no({ code: 'not_lower', total_amount });
    }
    return GO;
  },

  /** Until it is settled. Whatever the reason was, a cancelled order is cancelled. */
  cancel({ phase }) {
    if (phase === 'cancelled') return DONE;
    if (!isFinal(phase)) return GO;
    return no({ code: 'not_cancelled_any_more', phase });
  },

  /** Only while WeChat is charging, with a time after the completion. */
  sync({ phase, completedAt }, { request }) {
    if (phase === 'paid_elsewhere') return DONE;
    if (phase !== 'paying') return no({ code: 'synced_only_while_paying', phase });
    if (completedAt !== undefined && Date.parse(request.paid_time) < Date.parse(completedAt)) {
      return no({ code: 'paid_before_completion', completedAt });
    }
    return GO;
  },
};

/** What took effect last was the same body; of what was done elsewhere only the total can be compared. */
function isAsBefore(
  { operations, total_amount }: OrderFacts,
  { operation, request, digest }: Wanted<'complete' | 'modify'>,
): boolean {
  const before = operations.findLast((it) => it.operation === operation && it.state === 'done');
  if (before && before.digest !== '' && digest !== '') return before.digest === digest;
  if (operation === 'modify' && !before && !isLowered(operations, total_amount)) return false;
  return request.total_amount === total_amount;
}

/** WeChat shows less than it was completed with: a correction took effect, of which a run that was reset knows nothing. */
function isLowered(operations: readonly AskedBefore[], total_amount: number | undefined): boolean {
  const completion = operations.findLast(
    ({ operation, state }) => operation === 'complete' && state === 'done',
  );
  const { total_amount: completed } = completion ?? {};
  return completed !== undefined && total_amount !== undefined && total_amount < completed;
}

function no(rule: Rule): Decision {
  return { kind: 'not_allowed', rule };
}
