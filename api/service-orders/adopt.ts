/** Takes up an order that WeChat has: one that an older system opened, or one whose run ended though it goes on there. */
import { unreadable } from './open.ts';
import { adoptionOf, isLookedFor, startedToTakeUp } from '../../temporal/orders.ts';
import { readRun } from './read.ts';
import { openingToTakeUp } from '../../temporal/earlier-run.ts';
import { refreshOrder } from './refresh.ts';
import { deadlines, type Deadlines } from '../http/deadline.ts';
import { isNamed, serviceNamed } from '../http/named-service.ts';
import { problemOf } from '../http/temporal-problems.ts';
import { look, openingOfRun } from './run.ts';
import { withDeadline, type Temporal } from '../../temporal/client.ts';
import { isWithoutWorker } from '../../temporal/errors.ts';
import { Problem } from '../http/problems.ts';
import {
  numberOf,
  type Opening,
  type Service,
  type Services,
} from '../../payscore/order/opening.ts';
import type { OrderView } from '../../payscore/order/view.ts';
import type { NamedService } from '../../schemas/named-service.ts';
import type { Sentence } from '../../words/sentence.ts';

/** Settled by WeChat's own word: there is nothing to take up. */
const SETTLED: readonly string[] = ['paid', 'paid_elsewhere', 'free'];

export interface WantedAdoption {
  readonly out_order_no: string;
  readonly services: Services;
  /** Of one that is known here, its own. */
  readonly named: NamedService;
}

/**
 * @returns the order, or undefined when WeChat has not answered in time
 * @throws {Problem} `invalid-request`, `not-allowed` where it is of another service, `not-found` where WeChat knows no such order, `busy`, `not-taken`, `unavailable`
 */
export async function adoptOrder(
  temporal: Temporal,
  { out_order_no, services, named }: WantedAdoption,
): Promise<OrderView | undefined> {
  const until = deadlines(temporal);
  const found = await look(temporal, out_order_no, until.call);
  if (!found) {
    const service = serviceNamed(services, named);
    return await takeUp(temporal, adoptionOf(service, out_order_no), until);
  }
  if (Object.keys(named).length > 0) {
    const own = (await openingOfRun(temporal, found, until.call)).service;
    if (!isNamed(own, named)) throw ofAnother(own, services, named);
  }
  const { status } = found.description;
  if (status.name === 'RUNNING' && isLookedFor(found.description)) {
    // Whoever comes meanwhile waits for what comes of it like the first.
    const { service } = await openingOfRun(temporal, found, until.call);
    return await takeUp(temporal, adoptionOf(service, out_order_no), until);
  }
  if (status.name === 'RUNNING') return await refreshOrder(temporal, out_order_no, {}, until);
  if (status.name === 'COMPLETED') {
    const order = await readRun(temporal, found, until.call);
    if (SETTLED.includes(order.phase)) return order;
  }
  const opening = await withDeadline(temporal, until.call, () =>
    openingToTakeUp(temporal, found.description),
  ).catch((error: unknown) => {
    throw isWithoutWorker(error) ? unreadable() : problemOf(error);
  });
  return await takeUp(temporal, opening, until);
}

/** Nobody has what is named, or the order does not. */
function ofAnother({ service_id, appid }: Service, services: Services, named: NamedService) {
  serviceNamed(services, named);
  return new Problem('not-allowed', {
    detail: ({ problems }) => problems.orders.ofAnother(service_id, appid),
  });
}

async function takeUp(
  temporal: Temporal,
  opening: Opening,
  until: Deadlines,
): Promise<OrderView | undefined> {
  try {
    const order = await withDeadline(temporal, until.call, () =>
      startedToTakeUp(temporal, opening, until.notAfter),
    );
    const isUnknown = !('request' in opening) && !opening.takesUp && order.phase === 'rejected';
    if (isUnknown) throw whyUnknown(order);
    return order;
  } catch (error) {
    if (error instanceof Problem) throw error;
    // Only a run that is there is a promise; it may have been started though its answer was lost.
    const found = await look(temporal, numberOf(opening), until.all);
    if (found?.description.status.name === 'RUNNING') return undefined;
    throw problemOf(error);
  }
}

/** That WeChat did not let us ask says nothing about the order. */
function whyUnknown({ explanation, last_refusal }: OrderView): Problem {
  const detail: Sentence = ({ fact, problems }) =>
    explanation ? fact(explanation) : problems.orders.notFound;
  if (!last_refusal) return new Problem('not-found', { detail });
  const kind = last_refusal.status === 401 ? 'unavailable' : 'refused-by-wechat-pay';
  return new Problem(kind, { detail, refusal: last_refusal });
}
