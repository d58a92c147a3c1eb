/** Whether a completion, correction, cancellation or payment elsewhere has taken effect, by WeChat's account of the order. */
import { APPLIED, impossible, NOT_APPLIED, UNCLEAR, type Effect } from './effect.ts';
import { belongsTo } from './identity.ts';
import { phaseOf, type WechatPhase } from './phase.ts';
import type { Fact } from '../order/fact.ts';
import type { JsonBody } from '../order/operation.ts';
import type { AskedOperation } from '../order/operation-name.ts';
import type { Order } from '../order/order.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';

/** Whether an operation with this body has taken effect. */
export function effectOfOperation(
  order: Order,
  { operation, body }: { readonly operation: AskedOperation; readonly body: JsonBody },
  said: ServiceOrder | null,
): Effect {
  if (said === null) return NOT_APPLIED;
  if (!belongsTo(order, said)) return UNCLEAR;
  // Before it was confirmed there is nothing but to cancel it.
  if (operation === 'cancel' && said.state === 'CREATED') return NOT_APPLIED;
  const phase = phaseOf(said);
  if (phase === 'unclear') return UNCLEAR;
  return EFFECTS[operation](phase, said, body['total_amount']);
}

type EffectOf = (phase: WechatPhase, said: ServiceOrder, total: unknown) => Effect;

const EFFECTS: Readonly<Record<AskedOperation, EffectOf>> = {
  complete(phase, said, total) {
    switch (phase) {
      case 'in_service':
        return NOT_APPLIED;
      case 'cancelled':
        return impossible({ code: 'was_cancelled' });
      case 'paying':
      case 'paid':
      case 'paid_elsewhere':
      case 'free':
        if (said.total_amount === undefined) return UNCLEAR;
        return said.total_amount === total
          ? APPLIED
          : impossible({ code: 'completed_with', total_amount: said.total_amount });
    }
  },
  modify(phase, said, total) {
    switch (phase) {
      case 'in_service':
        return UNCLEAR;
      case 'cancelled':
        return impossible({ code: 'was_cancelled' });
      case 'paying':
        if (said.total_amount === undefined) return UNCLEAR;
        // Sent again, it would raise what was lowered meanwhile.
        if (said.total_amount < Number(total)) return impossible({ code: 'lower_already' });
        return said.total_amount === total ? APPLIED : NOT_APPLIED;
      case 'paid':
      case 'paid_elsewhere':
      case 'free':
        if (said.total_amount === undefined) return UNCLEAR;
        return said.total_amount === total ? APPLIED : impossible(endedWith(phase, said));
    }
  },
  cancel(phase, said) {
    switch (phase) {
      case 'cancelled':
        return APPLIED;
      case 'in_service':
      case 'paying':
        return NOT_APPLIED;
      case 'paid':
      case 'paid_elsewhere':
      case 'free':
        return impossible(endedWith(phase, said));
    }
  },
  sync(phase, said) {
    switch (phase) {
      case 'paid_elsewhere':
        return APPLIED;
      case 'in_service':
        return UNCLEAR;
      case 'paying':
        return NOT_APPLIED;
      case 'cancelled':
        return impossible({ code: 'was_cancelled' });
      case 'paid':
      case 'free':
        return impossible(endedWith(phase, said));
    }
  },
};

function endedWith(phase: WechatPhase, { total_amount }: ServiceOrder): Fact {
  return { code: 'ended_with', phase, total_amount };
}
