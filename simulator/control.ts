/** A client of /_control: acts for the people in WeChat, and reads what really happened. */
import type * as z from 'zod';
import type { BillSettings, FileFault } from './bills/bill-settings.ts';
import type { PlantedRow, Planted } from './bills/planted.ts';
import type { ApiCertificate, KeyMode, NotifyWith } from './credentials/key-state.ts';
import type { LedgerEntry } from './orders/ledger.ts';
import type { Notification } from './notifications/notification.ts';
import type { ChargeScript } from './orders/charging.ts';
import type { Habit, HabitChange } from './orders/user-habit.ts';
import type { Permission } from './permissions/permission.ts';
import type { Policies, PolicyChange } from './policies.ts';
import type { Fault } from './faults/answer-faults.ts';
import type { NotificationFault } from './faults/notification-faults.ts';
import type { RandomSetting } from './faults/random.ts';
import type { PlannedNotificationFault } from './notifications/faults.ts';
import type { Call } from './transport/call.ts';
import type { LateExecution, PlannedFault } from './transport/faults.ts';
import type { RateLimits } from './transport/rate-limit.ts';

export type { BillSettings, Call, Fault, FileFault, LedgerEntry, NotificationFault, Policies };

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
  /** As the page that confirms it would hand out; only of an order that began CREATED. */
  readonly query_id?: string;
}

export type ToldNotification = Omit<Notification, 'due_ms' | 'nonce' | 'scheduled_sends'> & {
  /** Business time, RFC 3339; only while pending. */
  readonly next_attempt_time?: string;
};

export interface ToldService {
  readonly mchid: string;
  readonly appid: string;
  readonly service_id: string;
  readonly risk_cap: number;
  /** Null where authorisations without an address of their own are told to nobody. */
  readonly authorization_notify_url: string | null;
}

export type Script = Pick<ChargeScript, 'failures'> & Partial<ChargeScript>;

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

export interface ToldKeys {
  readonly mode: KeyMode;
  readonly notify_with: NotifyWith;
  readonly public_key_id: string;
  /** Those that /v3/certificates lists. */
  readonly certificates: readonly {
    readonly serial_no: string;
    readonly pem: string;
    readonly effective_time: string;
    readonly expire_time: string;
    readonly signs: boolean;
  }[];
  /** Serials under which the merchant may sign. */
  readonly api_certificates: readonly string[];
}

export interface ToldRows {
  readonly rows: readonly Planted[];
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

    /** Upon the page that a pre-permission's token opens. */
    authoriseByToken: (apply_permissions_token: string, openid: string) =>
      call<Permission>('POST', '/permissions/authorise', { apply_permissions_token, openid }),
    habit: (openid: string) => call<Habit>('GET', `/users/${at(openid)}`),
    /** What new orders of this user come to, and how they are charged. */
    setHabit: (openid: string, change: HabitChange) =>
      call<Habit>('PATCH', `/users/${at(openid)}`, change),

    order: (out_order_no: string) => call<ToldOrder>('GET', `/orders/${at(out_order_no)}`),
    /** WeChat Pay charges, now. */
    pay: (out_order_no: string) => call<ToldOrder>('POST', `/orders/${at(out_order_no)}/pay`),
    /** The user presses pay on the order's page. */
    payFromPage: (out_order_no: string) =>
      call<ToldOrder>('POST', `/orders/${at(out_order_no)}/pay-from-page`),
    failToPay: (out_order_no: string) =>
      call<ToldOrder>('POST', `/orders/${at(out_order_no)}/fail-to-pay`),
    confirm: (out_order_no: string) =>
      call<ToldOrder>('POST', `/orders/${at(out_order_no)}/confirm`),
    /** What WeChat Pay's own attempts come to from now on. */
    scriptCharging: (out_order_no: string, script: Script) =>
      call<ToldOrder>('POST', `/orders/${at(out_order_no)}/charging`, script),
    /** From now on an attempt is under way, for so many business seconds; 0 ends it. */
    openChargingWindow: (out_order_no: string, seconds: number) =>
      call<ToldOrder>('POST', `/orders/${at(out_order_no)}/charging-window`, { seconds }),

    service: () => call<ToldService>('GET', '/service'),
    setService: (change: Partial<Pick<ToldService, 'authorization_notify_url'>>) =>
      call<ToldService>('PATCH', '/service', change),
    policies: () => call<Policies>('GET', '/policies'),
    setPolicies: (change: PolicyChange) => call<Policies>('PATCH', '/policies', change),
    resetPolicies: () => call<Policies>('DELETE', '/policies'),

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

    keys: () => call<ToldKeys>('GET', '/keys'),
    setKeys: (changed: { mode?: KeyMode; notify_with?: NotifyWith }) =>
      call<ToldKeys>('POST', '/keys', changed),
    rotateCertificate: (when: { effective_in_seconds?: number; overlap_seconds?: number } = {}) =>
      call<ToldKeys>('POST', '/certificates/rotate', when),
    switchCertificate: (when: { overlap_seconds?: number } = {}) =>
      call<ToldKeys>('POST', '/certificates/switch', when),
    expireCertificate: (serial_no: string) =>
      call<ToldKeys>('POST', `/certificates/${at(serial_no)}/expire`),
    changeApiV3Key: (api_v3_key?: string) =>
      call<{ api_v3_key: string }>('POST', '/apiv3-key', { api_v3_key }),
    addApiCertificate: () => call<ApiCertificate>('POST', '/api-certificates'),
    revokeApiCertificate: (serial_no: string) =>
      call<ToldKeys>('POST', `/api-certificates/${at(serial_no)}/revoke`),

    billSettings: () => call<BillSettings>('GET', '/bills/settings'),
    setBills: (changed: Partial<BillSettings>) =>
      call<BillSettings>('POST', '/bills/settings', changed),
    billRows: () => call<ToldRows>('GET', '/bills/rows'),
    plantRow: (row: z.input<typeof PlantedRow>) => call<ToldRows>('POST', '/bills/rows', row),
    clearRows: () => call<ToldRows>('DELETE', '/bills/rows'),

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
