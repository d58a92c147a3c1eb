/** What WeChat's account of an order says about a call whose outcome is in question. */
import type { Opening, Order } from './order.ts';
import { phaseOf } from './phase.ts';
import { belongsTo } from './trust.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';
import type { JsonBody } from './request-body.ts';

export type Judgement =
  | { readonly kind: 'applied' }
  | { readonly kind: 'not_applied' }
  /** It cannot be, or become, what was asked for: why, in our words. */
  | { readonly kind: 'impossible'; readonly rule: string }
  /** Nothing can be concluded: ask again. */
  | { readonly kind: 'unclear' };

/**
 * Whether an order was created as opened. Only `DOING`, or what follows from it, means that it exists (guide 3.1 step 3);
 * `CREATED` waits for a confirmation that the confirm-free mode does not know.
 */
export function judgeCreation(opening: Opening, said: ServiceOrder | null): Judgement {
  if (said === null) return { kind: 'not_applied' };
  if (!belongsTo(opening, said) || !hasSameTerms(opening, said)) {
    return impossible('this out_order_no already belongs to an order that was opened differently');
  }
  if (said.state === 'CREATED') {
    return impossible(
      'WeChat Pay created the order in the confirm mode (state CREATED): ask for the confirm-free permission of this service_id',
    );
  }
  return { kind: phaseOf(said) === 'unclear' ? 'unclear' : 'applied' };
}

/** Whether an order was completed with this body. */
export function judgeCompletion(
  order: Order,
  body: JsonBody,
  said: ServiceOrder | null,
): Judgement {
  if (said === null || !belongsTo(order.opening, said)) return { kind: 'unclear' };
  const phase = phaseOf(said);
  switch (phase) {
    case 'unclear':
      return { kind: 'unclear' };
    case 'in_service':
      return { kind: 'not_applied' };
    case 'cancelled':
      return impossible('the order was cancelled');
    case 'paying':
    case 'paid':
    case 'paid_elsewhere':
    case 'free':
      if (said.total_amount === undefined) return { kind: 'unclear' };
      return said.total_amount === body['total_amount']
        ? { kind: 'applied' }
        : impossible(`the order was completed with total_amount ${said.total_amount}`);
  }
}

/** What the user was shown, and the amount that he vouched for, where WeChat repeats them. */
function hasSameTerms({ request }: Opening, said: ServiceOrder): boolean {
  const { risk_fund, service_introduction } = said;
  const amount: unknown =
    typeof risk_fund === 'object' && risk_fund !== null && !Array.isArray(risk_fund)
      ? risk_fund['amount']
      : undefined;
  return (
    (amount === undefined || Number(amount) === request.risk_fund.amount) &&
    (service_introduction ?? request.service_introduction) === request.service_introduction
  );
}

function impossible(rule: string): Judgement {
  return { kind: 'impossible', rule };
}
