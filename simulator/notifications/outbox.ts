/** Every notification, and when each is sent: at once, again until acknowledged, or held back. */
import type { Logger } from 'pino';
import type { BusinessClock } from '../business-clock.ts';
import type { Collection } from '../journal.ts';
import type { Delivery } from './delivery.ts';
import type { Notification } from './notification.ts';
import { afterAttempt, type Occasion } from './schedule.ts';

export interface Outbox {
  add(notification: Notification): void;
  all(): Notification[];
  get(id: string): Notification | undefined;
  /** Delivers once more, now, even while notifications are held. */
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
  readonly clock: BusinessClock;
  readonly logger: Logger;
}

export function createOutbox(parts: OutboxParts): Outbox {
  const { notifications, settings, delivery, clock, logger } = parts;
  const alarms = new Map<string, () => void>();
  const sending = new Set<string>();
  let stopped = false;

  const isHeld = () => settings.get('held') ?? false;

  function arm(id: string): void {
    alarms.get(id)?.();
    const due_ms = notifications.get(id)?.due_ms;
    if (due_ms === undefined || isHeld() || stopped || sending.has(id)) return;
    alarms.set(
      id,
      clock.runAt(due_ms, () => void sendDue(id)),
    );
  }

  async function sendDue(id: string): Promise<void> {
    sending.add(id);
    await attempt(id, 'scheduled');
    sending.delete(id);
    arm(id);
  }

  async function attempt(id: string, occasion: Occasion): Promise<Notification | undefined> {
    const before = notifications.get(id);
    if (before === undefined) return undefined;
    const result = await delivery.attempt(before);
    if (stopped) return before; // it goes out again at the next start
    const current = notifications.get(id) ?? before; // another attempt may have ended meanwhile
    const after = afterAttempt(current, result, occasion, clock.now());
    notifications.put(id, after);
    logger.info({ id, status: result.status, error: result.error }, 'notified');
    return after;
  }

  function hold(): void {
    settings.put('held', true);
    for (const callOff of alarms.values()) callOff();
  }

  function release(): void {
    settings.put('held', false);
    for (const { id } of notifications.values()) arm(id);
  }

  for (const { id } of notifications.values()) arm(id);
  return {
    add(notification) {
      notifications.put(notification.id, notification);
      arm(notification.id);
    },
    all: () => notifications.values(),
    get: (id) => notifications.get(id),
    async resend(id) {
      const sent = await attempt(id, 'by-hand');
      arm(id); // not any more, if it was delivered
      return sent;
    },
    hold,
    release,
    isHeld,
    async stop() {
      stopped = true;
      for (const callOff of alarms.values()) callOff();
      await delivery.stop();
    },
  };
}
