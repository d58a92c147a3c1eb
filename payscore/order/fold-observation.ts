/** How an order changes by what WeChat says about it. */
import { beijingTimeOf, instantOf } from '../times/beijing-time.ts';
import type { Fact } from './fact.ts';
import { isPending } from './operation.ts';
import type { Order } from './order.ts';
import type { EarlierRun } from './opening.ts';
import type { EventOf } from './event.ts';
import { owedOf } from './refund-due.ts';
import { isFinal, phaseOf, standingOf, type Phase, type WechatPhase } from '../rules/phase.ts';
import { refundDueOf } from '../rules/refund.ts';
import { shortfallOf } from '../rules/shortfall.ts';
import type { Note } from './note.ts';
import { belongsTo } from '../rules/identity.ts';
import { UNRESOLVED_MS, withTrouble, type Trouble } from '../rules/trouble.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';

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

const TOO_LATE: Fact = { code: 'told_too_late' };

/** A message that says more than WeChat's account is waited for so long: one of WeChat's own copies may be behind. */
const BEHIND_MS = UNRESOLVED_MS;

export function foldObservation(
  order: Order,
  { by, serviceOrder: said, asOf = order.epoch }: EventOf<'observed'>,
  note: Note,
  at: Date,
): Order {
  const { openid, ...known } = said;
  const told = { code: 'told', by, standing: standingOf(said) } as const;
  const phase = phaseOf(said);
  if (phase === 'unclear' || !belongsTo(order, said)) {
    return note({ ...told, aside: 'unclear' });
  }
  const settles = by === 'query' || by === 'notification';
  if (isFinal(phase) && !settles) return note({ ...told, aside: 'only_a_query_settles' });
  if (isOld(order, phase) || (asOf < order.epoch && !isFinal(phase))) {
    return note({ ...told, aside: 'older' });
  }
  if (isUnwanted(order, phase, at)) {
    const { givingUp = TOO_LATE } = order;
    return note({ ...told, aside: 'unwanted' }, { givingUp });
  }
  // Where that is known already, it stands.
  const isNews = by === 'query' && !order.troubles.includes('amount_raised');
  const isRaised = phase === 'paying' && isNews && isHigher(order, said);
  if (isRaised && !hasLastedLong(order.raisedSince, at)) return raised(order, said, note, at);
  const { state_description, collection } = known;
  const { inServiceSince = beijingTimeOf(at, 14) } = order;
  // Answers leave out what they do not repeat, but always say where the order stands.
  const serviceOrder = { ...order.serviceOrder, ...known, state_description, collection };
  const after = note(told, {
    ...ending(order, phase),
    inServiceSince,
    openid: order.openid ?? openid,
    invitation: undefined,
    serviceOrder,
    raisedSince: undefined,
    // What was said of an order that had ended is not true of one that was charged.
    ...(isFinal(order.phase) && { explanation: undefined }),
    ...troublesAfter(order, { phase, said, at, isRaised }),
    ...completionIn(order, phase),
  });
  return settles ? afterAnswer(after, at) : after;
}

/** An order only moves forward, but for money: that it was charged after all is proof, however it had ended. */
function isOld({ phase: before }: Order, phase: WechatPhase): boolean {
  if (isFinal(before)) return phase !== 'paid' || before === 'paid';
  return PROGRESS[phase] < PROGRESS[before];
}

/** WeChat has told; but where a message of its own says that the order is over, an account that does not is asked again. */
export function afterAnswer(order: Order, at: Date): Order {
  const { mustQuery, phase } = order;
  if (!mustQuery) return order;
  const isBehind =
    mustQuery.isSaidToBeOver && !isFinal(phase) && !hasLastedLong(mustQuery.since, at);
  return isBehind ? order : { ...order, mustQuery: undefined };
}

function hasLastedLong(since: string | undefined, at: Date): boolean {
  return since !== undefined && at.getTime() - Date.parse(since) >= BEHIND_MS;
}

function isAsAgreed({ agreedTotal }: Order, { total_amount }: ServiceOrder): boolean {
  if (agreedTotal === undefined || total_amount === undefined) return false;
  return total_amount <= agreedTotal;
}

/** Than what WeChat has said yes to. */
function isHigher({ agreedTotal }: Order, { total_amount }: ServiceOrder): boolean {
  return agreedTotal !== undefined && total_amount !== undefined && total_amount > agreedTotal;
}

function raised(order: Order, { total_amount }: ServiceOrder, note: Note, at: Date): Order {
  const { agreedTotal: agreed = 0 } = order;
  const why = { code: 'total_raised', total_amount: total_amount ?? 0, agreed } as const;
  const { raisedSince = at.toISOString() } = order;
  const mustQuery = order.mustQuery ?? { since: raisedSince, why, isSaidToBeOver: false };
  return note(why, { raisedSince, mustQuery });
}

/** An order that became known too late, or in the wrong mode, is cancelled before anybody is told that it exists. */
function isUnwanted(
  { phase: before, givingUp, createUntil, isToBeLookedUp }: Order,
  phase: WechatPhase,
  at: Date,
) {
  if (before !== 'creating' || phase !== 'in_service') return false;
  if (givingUp !== undefined) return true;
  // What was there before this run sent anything is not given up, however late it is found.
  return !isToBeLookedUp && createUntil !== undefined && at > new Date(createUntil);
}

/** What was given up and is cancelled by that was never wanted: for business code it does not exist. */
function ending({ phase: before, givingUp, opening }: Order, phase: WechatPhase): Partial<Order> {
  if (before !== 'creating' || phase !== 'cancelled') return { phase };
  if (givingUp === undefined) return { phase, ...asBefore(opening.takesUp) };
  return { phase: 'rejected', explanation: { code: 'given_up_and_cancelled', because: givingUp } };
}

const WITHOUT_ORDER: readonly Phase[] = ['cancelled', 'rejected', 'unauthorized'];

/** What business code was told of an order that is none any more stays true when it is looked up once more. */
function asBefore(takesUp: EarlierRun | undefined): Partial<Order> {
  return takesUp && WITHOUT_ORDER.includes(takesUp.phase) ? endedAs(takesUp) : {};
}

/** As it had ended, with what it owed. */
export function endedAs(earlier: EarlierRun): Partial<Order> {
  const { phase, explanation, isNumberTaken, lastRefusal, refundDue } = earlier;
  const isOwed = owedOf(earlier) > 0;
  return {
    phase,
    explanation,
    ...(isNumberTaken && { isNumberTaken }),
    ...(lastRefusal && { lastRefusal }),
    ...(refundDue && { refundDue }),
    ...(isOwed && { troubles: ['refund_due'] }),
  };
}

interface Told {
  readonly phase: WechatPhase;
  readonly said: ServiceOrder;
  readonly at: Date;
  readonly isRaised: boolean;
}

function troublesAfter(order: Order, { phase, said, at, isRaised }: Told): Partial<Order> {
  const refundDue = phase === 'paid' ? refundDueOf(order, said) : undefined;
  const isOwed = refundDue !== undefined && owedOf({ ...order, refundDue }) > 0;
  const isShort = phase === 'paid' && shortfallOf(said, order.agreedTotal) > 0;
  const remove: Trouble[] = ['misconfigured', 'overdue', 'undercollected'];
  // What kept an operation from its outcome is told until that is known; all else WeChat has told now.
  if (isFinal(phase) || isAsAgreed(order, said)) remove.push('amount_raised');
  if (isFinal(phase)) remove.push('unresolved');
  else if (!order.operations.some(isPending)) remove.push('unresolved');
  const isLong = phase === 'in_service' && isOverdue(order, said, at);
  const add = troubleIn({ isOwed, isShort, isRaised, isLong });
  const troubles = withTrouble(order.troubles, { add, remove });
  return { troubles, ...(refundDue && { refundDue }) };
}

/** At most one: what is owed goes before what is missing, who is raised is paying, who is overdue is in service. */
function troubleIn(
  is: Record<'isOwed' | 'isShort' | 'isRaised' | 'isLong', boolean>,
): Trouble | undefined {
  if (is.isOwed) return 'refund_due';
  if (is.isShort) return 'undercollected';
  if (is.isRaised) return 'amount_raised';
  return is.isLong ? 'overdue' : undefined;
}

const DAY_MS = 86_400_000;
/** How long a service may last of which nobody has said when it ends. */
const LONG_MS = 30 * DAY_MS;

/** Past the end that was named when the order was opened. */
function isOverdue({ inServiceSince }: Order, { time_range }: ServiceOrder, at: Date): boolean {
  const end = time_range?.end_time;
  const instant = end === undefined ? undefined : instantOf(end);
  if (instant) return at.getTime() > instant.getTime() + (end?.length === 8 ? DAY_MS : 0);
  const start = instantOf(time_range?.start_time ?? '') ?? instantOf(inServiceSince ?? '');
  return start !== undefined && at.getTime() > start.getTime() + LONG_MS;
}

/** When the completion that WeChat has taken was begun, where it was ours. */
function completionIn({ operations, completedAt }: Order, phase: WechatPhase): Partial<Order> {
  if (phase !== 'paying' || completedAt !== undefined) return {};
  const running = operations.find(
    ({ operation, state }) => operation === 'complete' && state === 'running',
  );
  return running?.startedAt === undefined ? {} : { completedAt: running.startedAt };
}
