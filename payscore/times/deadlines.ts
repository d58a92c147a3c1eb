/** Until when an order may wait before it exists. */
import { instantOf } from './beijing-time.ts';
import type { Order } from '../order/order.ts';
import type { Opened } from '../order/opening.ts';
import type { OpenServiceOrder } from '../../schemas/open-service-order.ts';

const DAY_MS = 86_400_000;
const CREATION_SECONDS = 60;
/** A user who comes back from WeChat's page waits for longer than one who has just tapped. */
const INVITED_CREATION_SECONDS = 300;
/** WeChat takes a start only while it lies ahead, and the creation takes its time. */
const MARGIN_MS = 60_000;

type Asked = Pick<OpenServiceOrder, 'time_range' | 'deadlines'>;

/** A day, unless the caller says otherwise; an explicit start leaves less. */
export function authorizeUntil({ time_range, deadlines }: Asked, now: Date): Date {
  const seconds = deadlines?.authorization_seconds;
  const wanted = now.getTime() + (seconds === undefined ? DAY_MS : seconds * 1_000);
  const latest = latestStart(time_range.start_time);
  return new Date(latest === undefined ? wanted : Math.min(wanted, latest - MARGIN_MS));
}

/** Whether the caller wants to wait for the user longer than the named start allows. */
export function outlastsStart({ time_range, deadlines }: Asked, now: Date): boolean {
  const seconds = deadlines?.authorization_seconds;
  const latest = latestStart(time_range.start_time);
  if (seconds === undefined || latest === undefined) return false;
  return now.getTime() + seconds * 1_000 > latest;
}

/** @param since when somebody is last known to wait for the order */
export function createUntil(
  { deadlines }: Asked,
  { since, isInvited }: { readonly since: Date; readonly isInvited: boolean },
): Date {
  const usual = isInvited ? INVITED_CREATION_SECONDS : CREATION_SECONDS;
  return new Date(since.getTime() + (deadlines?.creation_seconds ?? usual) * 1_000);
}

/** The same of an opened order, as far as it is known. */
export function createUntilOf(order: Order): Date {
  const { opening, awaitedAt } = order;
  return createUntil((opening as Opened).request, {
    since: new Date(awaitedAt),
    isInvited: order.authorizeUntil !== undefined,
  });
}

/** The moment after which WeChat takes this start no more; a day counts until its end. Undefined for `OnAccept`. */
function latestStart(start_time: string): number | undefined {
  const start = instantOf(start_time)?.getTime();
  if (start === undefined) return undefined;
  return start_time.length === 8 ? start + DAY_MS : start;
}
