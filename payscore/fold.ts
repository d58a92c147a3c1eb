/** The fold: the only code that changes an order. Pure: an order and what happened give the order afterwards. */
import { asBefore, foldObservation } from './fold-observation.ts';
import { foldConclusion, foldRequest, withRecord } from './fold-operation.ts';
import type { Order } from './order.ts';
import type { EventOf, OrderEvent } from './order-event.ts';
import { isFinal } from './phase.ts';
import { notesOn, type Note } from './timeline.ts';
import { withTrouble } from './trouble.ts';

const ANEW = 'Nothing was created. A new attempt needs a new out_order_no.';

/** The order after an event. A final phase stays; a stale observation changes nothing but the timeline. */
export function fold(order: Order, event: OrderEvent, at: Date): Order {
  const note = notesOn(order, at);
  if (isOvertaken(order, event)) return note('an answer came too late');
  switch (event.kind) {
    case 'permission':
      return foldPermission(event, note);
    case 'invited': {
      const { invitation, until: authorizeUntil } = event;
      const text = order.invitation
        ? 'the invitation to authorise was renewed'
        : 'the user is invited to authorise';
      return note(text, { phase: 'authorizing', invitation, authorizeUntil });
    }
    case 'unauthorized':
      return end(order, note, 'unauthorized', event);
    case 'unreachable':
      return end(order, note, 'rejected', event);
    case 'withdrawn':
      return note('cancelled before it was created', {
        phase: 'cancelled',
        explanation: 'The order was cancelled before it was created.',
        invitation: undefined,
      });
    case 'not_created':
      // A run that only takes an order up, and finds none, ends as the one before it.
      return { ...end(order, note, 'rejected', event), ...asBefore(order.opening.takesUp) };
    case 'given_up':
      return note(`given up: ${event.why}`, { givingUp: event.why });
    case 'observed':
      return foldObservation(order, event, note, at);
    case 'asked':
      return foldRequest(order, event, note);
    case 'started': {
      const { key, body, createUntil } = event;
      const startedAt = at.toISOString();
      const operations = withRecord(order, key, {
        state: 'running',
        startedAt,
        ...(body && { body }),
      });
      return { ...order, operations, ...(createUntil !== undefined && { createUntil }) };
    }
    case 'progressed':
      return { ...order, operations: withRecord(order, event.key, { progress: event.progress }) };
    case 'concluded':
      return foldConclusion(order, event, note);
    case 'declined':
      return note(`${event.operation} declined: ${event.rule}`, {
        troubles: withTrouble(order.troubles, { add: 'operation_refused' }),
      });
    case 'troubled': {
      const { trouble, refusal } = event;
      return note(`trouble: ${trouble}${refusal ? ` (${wordsOf(refusal)})` : ''}`, {
        troubles: withTrouble(order.troubles, { add: trouble }),
        ...(refusal && { lastRefusal: refusal }),
      });
    }
  }
}

/** What could only have been said of an order that did not exist yet, or had not ended. */
function isOvertaken({ phase, authorizeUntil, createUntil }: Order, { kind }: OrderEvent): boolean {
  switch (kind) {
    case 'withdrawn':
    case 'unauthorized':
      return phase !== 'authorizing';
    case 'invited':
      // A user who has authorised meanwhile needs no new token, and what was sent since must not be forgotten.
      if (phase === 'creating') return authorizeUntil !== undefined || createUntil !== undefined;
      return phase !== 'authorizing';
    case 'permission':
      return phase !== 'authorizing' && phase !== 'creating';
    case 'unreachable':
    case 'not_created':
    case 'given_up':
      return phase !== 'creating';
    case 'troubled':
      return isFinal(phase);
    case 'observed':
    case 'asked':
    case 'started':
    case 'progressed':
    case 'concluded':
    case 'declined':
      return false;
  }
}

function foldPermission({ authorization_state }: EventOf<'permission'>, note: Note): Order {
  const leadsOn = authorization_state === 'AVAILABLE';
  return note(
    `permission: ${authorization_state}`,
    leadsOn ? { phase: 'creating', invitation: undefined } : {},
  );
}

function end(
  order: Order,
  note: Note,
  phase: 'unauthorized' | 'rejected',
  { why, refusal }: EventOf<'unauthorized' | 'unreachable' | 'not_created'>,
): Order {
  return note(`${phase}: ${why}${refusal ? ` (${wordsOf(refusal)})` : ''}`, {
    phase,
    explanation: `${why} ${ANEW}`,
    invitation: undefined,
    troubles: withTrouble(order.troubles, { remove: ['unresolved'] }),
    ...(refusal && { lastRefusal: { ...refusal, operation: 'create' } }),
  });
}

function wordsOf({
  code,
  message,
  request_id,
}: {
  code: string;
  message: string;
  request_id: string;
}) {
  return `${code} ${message}, ${request_id}`;
}
