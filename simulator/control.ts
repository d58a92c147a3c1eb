/** A client of /_control: acts for the people in WeChat, and reads what really happened. */
import type { LedgerEntry } from './orders/ledger.ts';
import type { Notification } from './notifications/notification.ts';
import type { Permission } from './permissions/permission.ts';
import type { Fault } from './faults/answer-faults.ts';
import type { NotificationFault } from './faults/notification-faults.ts';
import type { RandomSetting } from './faults/random.ts';
import type { PlannedNotificationFault } from './notifications/faults.ts';
import type { Call } from './transport/call.ts';
import type { LateExecution, PlannedFault } from './transport/faults.ts';
import type { RateLimits } from './transport/rate-limit.ts';

export type { Call, Fault, LedgerEntry, NotificationFault };

export interface ToldFaults {
  readonly faults: PlannedFault[];
  readonly notification_faults: PlannedNotificationFault[];
  /** With the seed; null where nothing is left to chance. */
  readonly random: RandomSetting | null;
  /** How often each fault has struck; what has not is absent. */
  readonly injected: {
    readonly calls: Partial<Record<Fault, number>>;
    readonly notifications: Partial<Record<NotificationFault, number>>;
  };
  readonly late: LateExecution[];
}

/** What has a default may be left out. */
type WithTimes<F> = Omit<F, 'times'> & { readonly times?: number };

export interface ToldOrder {
  /** As a query would show it. */
  readonly order: Record<string, unknown>;
  readonly ledger: LedgerEntry[];
}

export type ToldNotification = Omit<Notification, 'due_ms' | 'nonce' | 'scheduled_sends'> & {
  /** Business time, RFC 3339; only while pending. */
  readonly next_attempt_time?: string;
};

export interface ToldClock {
  /** Business time, ISO 8601 in UTC. */
  readonly now: string;
  readonly factor: number;
}

export interface ClockChange {
  /** RFC 3339; instead of `advance_seconds`. */
  readonly now?: string;
  readonly advance_seconds?: number;
  readonly factor?: number;
}

export class ControlRefusal extends Error {
  override readonly name = 'ControlRefusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export type Control = ReturnType<typeof createControl>;

export function createControl(baseUrl: string) {
  async function call<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(new URL(`/_control${path}`, baseUrl), {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const told: T & { error?: string } = JSON.parse(await answer.text());
    if (!answer.ok) throw new ControlRefusal(answer.status, told.error ?? '');
    return told;
  }

  const at = encodeURIComponent;

  return {
    /** For the merchant's own service, if none is named. */
    authorise: (openid: string, service_id?: string) =>
      call<Permission>('POST', `/users/${at(openid)}/authorise`, { service_id }),
    revoke: (openid: string, service_id?: string) =>
      call<Permission>('POST', `/users/${at(openid)}/revoke`, { service_id }),

    order: (out_order_no: string) => call<ToldOrder>('GET', `/orders/${at(out_order_no)}`),
    pay: (out_order_no: string) => call<ToldOrder>('POST', `/orders/${at(out_order_no)}/pay`),

    async notifications(out_order_no?: string): Promise<ToldNotification[]> {
      const query = out_order_no === undefined ? '' : `?out_order_no=${at(out_order_no)}`;
      const told = await call<{ notifications: ToldNotification[] }>(
        'GET',
        `/notifications${query}`,
      );
      return told.notifications;
    },
    resend: (id: string) => call<ToldNotification>('POST', `/notifications/${at(id)}/resend`),
    holdNotifications: () => call<{ held: boolean }>('POST', '/notifications/hold'),
    releaseNotifications: () => call<{ held: boolean }>('POST', '/notifications/release'),

    clock: () => call<ToldClock>('GET', '/clock'),
    setClock: (change: ClockChange) => call<ToldClock>('POST', '/clock', change),

    planFault: (fault: WithTimes<PlannedFault>) => call<ToldFaults>('POST', '/faults', fault),
    planNotificationFault: (fault: WithTimes<PlannedNotificationFault>) =>
      call<ToldFaults>('POST', '/faults/notifications', fault),
    /** From a seed, which the answer names. */
    randomFaults: (setting: Partial<RandomSetting> & Pick<RandomSetting, 'rate'>) =>
      call<ToldFaults>('POST', '/faults/random', setting),
    endRandomFaults: () => call<ToldFaults>('DELETE', '/faults/random'),
    faults: () => call<ToldFaults>('GET', '/faults'),
    clearFaults: () => call<ToldFaults>('DELETE', '/faults'),

    /** None at all, where nothing is given. */
    limitRate: (limits: RateLimits) => call<RateLimits>('POST', '/rate-limit', limits),
  };
}
