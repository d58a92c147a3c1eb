/** The keys of WeChat Pay and of the merchant. */
import type { ApiCertificate, KeyMode, NotifyWith } from '../credentials/key-state.ts';
import { at, type Call } from './call.ts';

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

export function keys(call: Call) {
  return {
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
  };
}
