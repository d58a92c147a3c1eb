/** Every notification, and when each is sent: at once, again until acknowledged, or held back. */
import type { Logger } from 'pino';
import { rfc3339 } from '../beijing-time.ts';
import type { BusinessClock } from '../business-clock.ts';
import { rowOf } from '../faults/notification-faults.ts';
import type { Collection } from '../journal.ts';
import type { Delivery } from './delivery.ts';
import { createDispatcher } from './dispatcher.ts';
import type { NotificationFaults, StruckNotification } from './faults.ts';
import type { Attempt, Notification } from './notification.ts';
import { afterAttempt, type Occasion } from './schedule.ts';

export interface Outbox {
  add(notification: Notification): void;
  all(): Notification[];
  /** Those about one order, in the order of their making. */
  about(out_order_no: string): Notification[];
  get(id: string): Notification | undefined;
  /** Delivers once more, now, without any fault, even while notifications are held. */
  resend(id: string): Promise<Notification | undefined>;
  /** From now on notifications are recorded but not sent. */
  hold(): void;
  /** Ends the holding; what has fallen due meanwhile goes out. */
  release(): void;
  isHeld(): boolean;
  stop(): Promise<void>;
}

export interface OutboxParts {
  readonly notifications: Collection<Notification>;
  readonly settings: Collection<boolean>;
  readonly delivery: Delivery;
  readonly faults: Pick<NotificationFaults, 'take'>;
  readonly clock: BusinessClock;
  readonly logger: Logger;
}

/** Of a notification that a fault lets wait. */
const USUAL_DELAY_SECONDS = 60;

export function createOutbox(parts: OutboxParts): Outbox {
  const { notifications, settings, delivery, faults, clock, logger } = parts;
  const byOrder = new Map<string, string[]>();
  /** Held back until any other has been sent. */
  const toBeOvertaken = new Set<string>();
  let stopped = false;

  const isHeld = () => settings.get('held') ?? false;
  const dueOf = (id: string) => (stopped ? undefined : notifications.get(id)?.due_ms);
  const dispatcher = createDispatcher({
    clock,
    mayGo: () => !stopped && !isHeld(),
    go: sendDue,
    dueAgain: dueOf,
  });

  function enter(notification: Notification): void {
    const { id, out_order_no, due_ms } = notification;
    dispatcher.set(id, due_ms);
    if (out_order_no === undefined) return;
    const others = byOrder.get(out_order_no);
    if (others === undefined) byOrder.set(out_order_no, [id]);
    else others.push(id);
  }

  async function sendDue(id: string): Promise<void> {
    const notification = notifications.get(id);
    if (notification === undefined) return;
    const struck = faults.take(notification);
    if (struck !== undefined) logger.info({ id, fault: struck.fault }, 'fault');
    await dispatch(notification, struck);
  }

  async function dispatch(
    notification: Notification,
    struck: StruckNotification | undefined,
  ): Promise<void> {
    const { id } = notification;
    switch (struck && rowOf(struck.fault).dispatch) {
      case undefined:
        return void (await attempt(id, 'scheduled', struck));
      case 'lost':
        return void record(id, lost(struck), 'scheduled');
      case 'doubled':
        await Promise.all([attempt(id, 'scheduled', struck), attempt(id, 'by-hand', struck)]);
        return;
      case 'late':
        return postpone(id, struck?.delay_seconds ?? USUAL_DELAY_SECONDS);
      case 'reordered':
        toBeOvertaken.add(id);
        return postpone(id, struck?.delay_seconds ?? USUAL_DELAY_SECONDS);
    }
  }

  function lost(struck: StruckNotification | undefined): Attempt {
    return { time: rfc3339(clock.now()), error: 'lost', ...(struck && { fault: struck.fault }) };
  }

  function postpone(id: string, seconds: number): void {
    const notification = notifications.get(id);
    if (notification === undefined) return;
    notifications.put(id, { ...notification, due_ms: clock.now() + seconds * 1000 });
  }

  async function attempt(
    id: string,
    occasion: Occasion,
    struck?: StruckNotification,
  ): Promise<Notification | undefined> {
    const before = notifications.get(id);
    if (before === undefined) return undefined;
    const result = await delivery.attempt(before, struck);
    if (stopped) return before; // it goes out again at the next start
    const after = record(id, result, occasion);
    for (const waiting of toBeOvertaken) if (waiting !== id) letGo(waiting);
    return after;
  }

  function letGo(id: string): void {
    toBeOvertaken.delete(id);
    if (notifications.get(id)?.due_ms !== undefined) postpone(id, 0);
    dispatcher.set(id, dueOf(id));
  }

  function record(id: string, result: Attempt, occasion: Occasion): Notification | undefined {
    const current = notifications.get(id); // another attempt may have ended meanwhile
    if (current === undefined) return undefined;
    const after = afterAttempt(current, result, occasion, clock.now());
    notifications.put(id, after);
    logger.info({ id, status: result.status, error: result.error }, 'notified');
    return after;
  }

  for (const notification of notifications.each()) enter(notification);
  return {
    add(notification) {
      notifications.put(notification.id, notification);
      enter(notification);
    },
    all: () => notifications.values(),
    about: (out_order_no) =>
      (byOrder.get(out_order_no) ?? []).flatMap((id) => notifications.get(id) ?? []),
    get: (id) => notifications.get(id),
    async resend(id) {
      const sent = await attempt(id, 'by-hand');
      dispatcher.set(id, dueOf(id)); // not any more, if it was delivered
      return sent;
    },
    hold() {
      settings.put('held', true);
      dispatcher.watch();
    },
    release() {
      settings.put('held', false);
      dispatcher.watch();
    },
    isHeld,
    async stop() {
      stopped = true;
      dispatcher.watch();
      await delivery.stop();
    },
  };
}
