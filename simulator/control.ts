/** A client of /_control: acts for the people in WeChat, and reads what really happened. */
import type * as z from 'zod';
import type { BillSettings, FileFault } from './bills/bill-settings.ts';
import type { PlantedRow, Planted } from './bills/planted.ts';
import type { ApiCertificate, KeyMode, NotifyWith } from './credentials/key-state.ts';
import type { LedgerEntry } from './orders/ledger.ts';
import type { Notification } from './notifications/notification.ts';
import type { Permission } from './permissions/permission.ts';
import type { Call, Fault, PlannedFault } from './transport/faults.ts';

export type { BillSettings, Call, Fault, FileFault, LedgerEntry };

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

    planFault: (fault: { call: Call; fault: Fault; times?: number }) =>
      call<{ faults: PlannedFault[] }>('POST', '/faults', fault),
    faults: () => call<{ faults: PlannedFault[] }>('GET', '/faults'),
    clearFaults: () => call<{ faults: PlannedFault[] }>('DELETE', '/faults'),

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
  };
}
