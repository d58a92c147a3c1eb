/** The fold: the only code that changes an order. Pure: an order and what happened give the order afterwards. */
import { beijingTimeOf, rfc3339Of } from './beijing-time.ts';
import type { Completion, Operation, Order, Source } from './order.ts';
import { isFinal, phaseOf, type Phase } from './phase.ts';
import type { Refusal } from './refusal.ts';
import { belongsTo } from './trust.ts';
import type { ServiceOrder } from '../schemas/service-order.ts';

export type OrderEvent =
  | { readonly kind: 'unauthorized'; readonly authorization_state: string }
  | {
      readonly kind: 'unreachable';
      readonly explanation: string;
      /** WeChat's answer, where there was one. */
      readonly refusal?: Refusal | undefined;
    }
  /** The number cannot become this order: why, in our words. */
  | { readonly kind: 'impossible'; readonly rule: string }
  | { readonly kind: 'observed'; readonly by: Source; readonly serviceOrder: ServiceOrder }
  | { readonly kind: 'completing'; readonly completion: Completion }
  /** Refused by a rule of ours, and nobody waits for the answer. */
  | { readonly kind: 'declined'; readonly operation: Operation; readonly rule: string }
  | {
      readonly kind: 'refused';
      readonly operation: Operation;
      readonly refusal: Refusal;
      /** Nobody waits for the answer, so the operator must see it. */
      readonly unattended: boolean;
    };

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

const TIMELINE_LIMIT = 50;
const ANEW = 'Nothing was created. A new attempt needs a new out_order_no.';

/** The order after an event. A final phase stays; a stale observation changes nothing but the timeline. */
export function fold(order: Order, event: OrderEvent, at: Date): Order {
  const note = (text: string, change: Partial<Order> = {}): Order => {
    const entries = [...order.timeline, { at: rfc3339Of(at), event: text }];
    if (entries.length > TIMELINE_LIMIT) entries.splice(1, 1);
    return { ...order, ...change, timeline: entries };
  };
  if (isOvertaken(order, event)) return note('an answer came too late');
  switch (event.kind) {
    case 'unauthorized': {
      const { authorization_state } = event;
      return note(`permission: ${authorization_state}`, {
        phase: 'unauthorized',
        explanation: `The user has not authorised the service (authorization_state ${authorization_state}). ${ANEW}`,
      });
    }
    case 'unreachable':
      return note('given up before anything was sent', {
        phase: 'rejected',
        explanation: `${event.explanation} ${ANEW}`,
        ...(event.refusal && { lastRefusal: { ...event.refusal, operation: 'create' } }),
      });
    case 'impossible':
      return note(`create impossible: ${event.rule}`, {
        phase: 'rejected',
        explanation: `The order was not created as asked: ${event.rule}. A new attempt needs a new out_order_no.`,
      });
    case 'observed':
      return foldObservation(order, event, note, at);
    case 'completing':
      return note(`complete: ${String(event.completion.body['total_amount'])} fen`, {
        completion: event.completion,
      });
    case 'declined':
      return note(`${event.operation} declined: ${event.rule}`, { trouble: 'operation_refused' });
    case 'refused':
      return foldRefusal(event, note);
  }
}

/** What could only have been said of an order that did not exist yet, or had not ended. */
function isOvertaken({ phase }: Order, event: OrderEvent): boolean {
  switch (event.kind) {
    case 'unauthorized':
    case 'unreachable':
    case 'impossible':
      return phase !== 'creating';
    case 'refused':
      return event.operation === 'create' ? phase !== 'creating' : isFinal(phase);
    case 'observed':
    case 'completing':
    case 'declined':
      return false;
  }
}

type Note = (text: string, change?: Partial<Order>) => Order;
type Event<Kind> = Extract<OrderEvent, { kind: Kind }>;

function foldObservation(
  order: Order,
  { by, serviceOrder }: Event<'observed'>,
  note: Note,
  at: Date,
): Order {
  const { openid: _, ...known } = serviceOrder;
  const words = [known.state, known.state_description, known.collection?.state].filter(Boolean);
  const heard = `${by}: ${words.join(' / ')}`;
  const phase = phaseOf(serviceOrder);
  if (phase === 'unclear' || !belongsTo(order.opening, serviceOrder)) {
    return note(`${heard} (unclear, not believed)`);
  }
  const settles = by === 'query' || by === 'notification';
  if (isFinal(phase) && !settles) return note(`${heard} (settled only by a query)`);
  if (PROGRESS[phase] < PROGRESS[order.phase] || isFinal(order.phase)) {
    return note(`${heard} (older than what is known)`);
  }
  const { inServiceSince = beijingTimeOf(at, 14) } = order;
  const { state_description, collection } = known;
  const { completion: asked } = order;
  // Completed with another amount, the order was not completed by us.
  const isAsked = phase === 'in_service' || asked?.body['total_amount'] === known.total_amount;
  return note(heard, {
    phase,
    completion: isAsked ? asked : undefined,
    inServiceSince,
    // Answers leave out what they do not repeat, but always say where the order stands.
    serviceOrder: { ...order.serviceOrder, ...known, state_description, collection },
  });
}

function foldRefusal(event: Event<'refused'>, note: Note): Order {
  const { operation, refusal, unattended } = event;
  const lastRefusal = { ...refusal, operation };
  const heard = `${operation} refused: ${refusal.code} ${refusal.message} (${refusal.request_id})`;
  if (operation === 'create') {
    const explanation = `WeChat Pay refused to create the order: ${refusal.message}. ${ANEW}`;
    return note(heard, { phase: 'rejected', lastRefusal, explanation });
  }
  const { completion: _, ...rest } = note(heard, { lastRefusal });
  return unattended ? { ...rest, trouble: 'operation_refused' } : rest;
}
