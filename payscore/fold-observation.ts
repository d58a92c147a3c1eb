/** How an order changes by what WeChat says about it. */
import { beijingTimeOf, instantOf } from './beijing-time.ts';
import type { EarlierRun, Order } from './order.ts';
import type { EventOf } from './order-event.ts';
import { isFinal, phaseOf, type Phase, type WechatPhase } from './phase.ts';
import { refundDueOf } from './refund.ts';
import type { Note } from './timeline.ts';
import { belongsTo } from './trust.ts';
import { withTrouble, type Trouble } from './trouble.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

/** An order only moves forward; whatever points back is an answer that was overtaken. */
const PROGRESS: Readonly<Record<Phase, number>> = {
  authorizing: 0,
  creating: 0,
  in_service: 1,
  paying: 2,
  paid: 3,
  paid_elsewhere: 3,
  free: 3,
  cancelled: 3,
  rejected: 3,
  unauthorized: 3,
};

const TOO_LATE = 'WeChat Pay said too late that the order exists';

export function foldObservation(
  order: Order,
  { by, serviceOrder: said }: EventOf<'observed'>,
  note: Note,
  at: Date,
): Order {
  const { openid, ...known } = said;
  const words = [known.state, known.state_description, known.collection?.state].filter(Boolean);
  const heard = `${by}: ${words.join(' / ')}`;
  const phase = phaseOf(said);
  if (phase === 'unclear' || !belongsTo(order, said)) {
    return note(`${heard} (unclear, not believed)`);
  }
  const settles = by === 'query' || by === 'notification';
  if (isFinal(phase) && !settles) return note(`${heard} (settled only by a query)`);
  if (PROGRESS[phase] < PROGRESS[order.phase] || isFinal(order.phase)) {
    return note(`${heard} (older than what is known)`);
  }
  if (isUnwanted(order, phase, at)) {
    const { givingUp = TOO_LATE } = order;
    return note(`${heard} (not wanted any more)`, { givingUp });
  }
  const { state_description, collection } = known;
  const { inServiceSince = beijingTimeOf(at, 14) } = order;
  // Answers leave out what they do not repeat, but always say where the order stands.
  const serviceOrder = { ...order.serviceOrder, ...known, state_description, collection };
  return note(heard, {
    ...ending(order, phase),
    inServiceSince,
    openid: order.openid ?? openid,
    invitation: undefined,
    serviceOrder,
    ...troublesAfter(order, phase, said, at),
    ...completionIn(order, phase),
  });
}

/** An order that became known too late, or in the wrong mode, is cancelled before anybody is told that it exists. */
function isUnwanted({ phase: before, givingUp, createUntil }: Order, phase: WechatPhase, at: Date) {
  if (before !== 'creating' || phase !== 'in_service') return false;
  return givingUp !== undefined || (createUntil !== undefined && at > new Date(createUntil));
}

/** What was given up and is cancelled by that was never wanted: for business code it does not exist. */
function ending({ phase: before, givingUp, opening }: Order, phase: WechatPhase): Partial<Order> {
  if (before !== 'creating' || phase !== 'cancelled') return { phase };
  if (givingUp === undefined) return { phase, ...asBefore(opening.takesUp) };
  const explanation = `${givingUp}: it was cancelled at WeChat Pay. A new attempt needs a new out_order_no.`;
  return { phase: 'rejected', explanation };
}

const WITHOUT_ORDER: readonly Phase[] = ['cancelled', 'rejected', 'unauthorized'];

/** What business code was told of an order that is none any more stays true when it is looked up once more. */
export function asBefore(takesUp: EarlierRun | undefined): Partial<Order> {
  if (!takesUp || !WITHOUT_ORDER.includes(takesUp.phase)) return {};
  const { phase, explanation } = takesUp;
  return { phase, ...(explanation !== undefined && { explanation }) };
}

function troublesAfter(
  order: Order,
  phase: WechatPhase,
  said: ServiceOrder,
  at: Date,
): Partial<Order> {
  const refundDue = phase === 'paid' ? refundDueOf(order, said) : undefined;
  const remove: Trouble[] = ['misconfigured', 'overdue'];
  if (isFinal(phase)) remove.push('unresolved');
  const overdue = phase === 'in_service' && isOverdue(said, at) ? 'overdue' : undefined;
  const add = refundDue ? 'refund_due' : overdue;
  const troubles = withTrouble(order.troubles, { add, remove });
  return { troubles, ...(refundDue && { refundDue }) };
}

/** Past the end that the caller named when he opened the order. */
function isOverdue({ time_range }: ServiceOrder, at: Date): boolean {
  const end = time_range?.end_time;
  const instant = end === undefined ? undefined : instantOf(end);
  const day = end?.length === 8 ? 86_400_000 : 0;
  return instant !== undefined && at.getTime() > instant.getTime() + day;
}

/** When the completion that WeChat has taken was begun, where it was ours. */
function completionIn({ operations, completedAt }: Order, phase: WechatPhase): Partial<Order> {
  if (phase !== 'paying' || completedAt !== undefined) return {};
  const running = operations.find(
    ({ operation, state }) => operation === 'complete' && state === 'running',
  );
  return running?.startedAt === undefined ? {} : { completedAt: running.startedAt };
}
