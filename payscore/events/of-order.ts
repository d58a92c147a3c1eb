/** Which events an order makes: its phases and its troubles, as far as business code was not told of them. */
import type { BusinessEvent, Happened, OrderOutbox } from './event.ts';
import { eventIdIn, eventIdOf, laneOfOrder } from './lane.ts';
import { withHappened, type Moment } from './outbox.ts';
import type { Order } from '../order/order.ts';
import { viewOf, type OrderView } from '../order/view.ts';
import { isNumberFree } from '../rules/ended.ts';
import { isFinal, type Phase } from '../rules/phase.ts';
import type { Trouble } from '../rules/trouble.ts';

export interface OrderEventData {
  readonly out_order_no: string;
  readonly phase: Phase;
  /** Which one began, or ended. */
  readonly trouble?: Trouble;
  /** The order at that moment; absent where too many events wait to be delivered. */
  readonly order?: OrderView;
}

export const NOTHING_TOLD: OrderOutbox = { sequence: 0, waiting: [], told: { troubles: [] } };

/** The order with what is now to be told of it; as it is where nobody wants to be told. */
export function withEvents(order: Order, now: () => Moment): Order {
  const { events: chosen } = order.opening.service;
  if (!chosen) return order;
  const { outbox = NOTHING_TOLD, phase, out_order_no } = order;
  const { told } = outbox;
  // Before WeChat has told how it stands, a phase on the way may be one of before a reset.
  const isOnItsWay = isLookedUp(order) && chosen.some((one) => one === phase);
  const isPhaseTold = isFinal(phase) || isOnItsWay;
  const isPhaseNew = isPhaseTold && phase !== told.phase && !isNumberFree(order);
  const began = order.troubles.filter((it) => !told.troubles.includes(it));
  // Before WeChat has told how it stands, that a trouble is over is not known.
  const ended = isLookedUp(order) ? told.troubles.filter((it) => !order.troubles.includes(it)) : [];
  if (!isPhaseNew && began.length === 0 && ended.length === 0) return order;

  const { unread_notifications: _signed, outbox: _outbox, ...view } = viewOf(order);
  const data: OrderEventData = { out_order_no, phase, order: view };
  const happened: Happened[] = [
    ...ended.map((trouble) => ofTrouble('ended', trouble, data)),
    ...(isPhaseNew ? [{ type: typeOf(phase), data }] : []),
    ...began.map((trouble) => ofTrouble('began', trouble, data)),
  ];
  const toldPhase = isPhaseNew ? phase : told.phase;
  const kept = told.troubles.filter((it) => !ended.includes(it));
  const after = withHappened(outbox, happened, laneOfOrder(out_order_no), now());
  return {
    ...order,
    outbox: {
      ...after,
      told: { ...(toldPhase && { phase: toldPhase }), troubles: [...kept, ...began] },
    },
  };
}

/**
 * After a "Reset", of which the run that was reset knows what it had told, or was about to tell. What has happened since gets
 * later numbers.
 */
export function outboxAfter(
  earlier: OrderOutbox,
  own: OrderOutbox | undefined,
  resetRunId: string,
): OrderOutbox {
  const since = (own?.waiting ?? []).flatMap((event) => {
    const known = eventIdIn(event.id);
    const isNew = known?.runId === resetRunId && !isTold(event, earlier.told);
    return isNew ? [{ event, lane: known.lane }] : [];
  });
  const renumbered = since.map(({ event, lane }, index): BusinessEvent => {
    const sequence = earlier.sequence + index + 1;
    return { ...event, sequence, id: eventIdOf({ lane, runId: resetRunId, sequence }) };
  });
  const phase = since.map(({ event }) => phaseIn(event)).findLast((it) => it !== undefined);
  return {
    sequence: earlier.sequence + renumbered.length,
    waiting: [...earlier.waiting, ...renumbered],
    told: {
      ...earlier.told,
      ...(phase !== undefined && { phase }),
      troubles: [...earlier.told.troubles, ...since.flatMap(({ event }) => begunBy(event))],
    },
  };
}

/** The run that was reset had come to it as well. */
function isTold(event: BusinessEvent, told: OrderOutbox['told']): boolean {
  const phase = phaseIn(event);
  if (phase !== undefined) return phase === told.phase;
  return begunBy(event).some((trouble) => told.troubles.includes(trouble));
}

function phaseIn({ type, data }: BusinessEvent): Phase | undefined {
  const { phase } = data as OrderEventData;
  return type === `service_order.${phase}` ? phase : undefined;
}

function begunBy({ type, data }: BusinessEvent): Trouble[] {
  const { trouble } = data as OrderEventData;
  return type === 'service_order.trouble_began' && trouble ? [trouble] : [];
}

function ofTrouble(what: 'began' | 'ended', trouble: Trouble, data: OrderEventData): Happened {
  return { type: `service_order.trouble_${what}`, data: { ...data, trouble } };
}

function isLookedUp({ phase, opening, isToBeLookedUp }: Order): boolean {
  return !isToBeLookedUp && !(phase === 'creating' && opening.takesUp !== undefined);
}

/** That it is being created is told of nobody: whoever asked for it waits. */
function typeOf(phase: Phase) {
  return `service_order.${phase as Exclude<Phase, 'creating'>}` as const;
}
