/** WeChat Pay Score's calls, one function each. Answers are verified JSON; reading their fields is the caller's. */
import { refreshCertificates } from './certificates.ts';
import type { PlatformCertificate } from './keys.ts';
import { createPermissionCalls, type PermissionCalls } from './permissions.ts';
import { createRefundCalls, type RefundCalls } from './refunds.ts';
import { createRefresh, MIN_REFRESH_MS, REFRESH_MS } from './refresh.ts';
import type { ApiV3Keys } from './resource.ts';
import { createServiceOrderCalls, type ServiceOrderCalls } from './service-orders.ts';
import { createBillCalls, type BillCalls } from './bills.ts';
import { createTransport, type Transport, type TransportOptions } from './transport.ts';

export interface ClientOptions extends Omit<TransportOptions, 'refresh'> {
  /** Downloads the platform certificates: at once, in the background, and on an unknown serial. Without it, the given keys are all. */
  readonly certificates?: CertificateOptions | undefined;
  /** Longer bills are refused; default 8 GiB. */
  readonly billLimitBytes?: number | undefined;
  /** For a whole download; default 30 min. */
  readonly billTimeoutMs?: number | undefined;
}

export interface CertificateOptions {
  readonly apiV3Keys: ApiV3Keys;
  /** Told of what could not be downloaded or believed; what was known before still counts. */
  readonly onFailure: (error: unknown) => void;
  /** Default 10 h. */
  readonly everyMs?: number | undefined;
  /** Between two downloads at least, whatever serials are seen; default 1 min. */
  readonly minIntervalMs?: number | undefined;
}

export interface WechatpayClient
  extends PermissionCalls, RefundCalls, ServiceOrderCalls, BillCalls {
  /** The platform certificates that count now, the newest first. */
  platformCertificates(): PlatformCertificate[];
  /** Downloads them again, unless that was done a moment ago or is not configured. Never fails. */
  refreshCertificates(): Promise<void>;
  close(): Promise<void>;
}

/** Every call throws what `answerOf` of answer.ts throws, and an InvalidParameterError before anything is sent. */
export function createClient(options: ClientOptions): WechatpayClient {
  const { keys, now, certificates } = options;
  const transport = createTransport({ ...options, refresh: certificates && (() => refresh()) });
  const closing = new AbortController();
  const refresh = certificates
    ? refreshOf(transport, options, certificates, closing.signal)
    : async () => {};
  const background =
    certificates && setInterval(() => void refresh(), certificates.everyMs ?? REFRESH_MS).unref();
  void refresh();

  return {
    ...createPermissionCalls(transport),
    ...createRefundCalls(transport),
    ...createServiceOrderCalls(transport),
    ...createBillCalls(transport, { ...options, hosts: transport.hosts }),
    platformCertificates: () => keys.certificates(now()),
    refreshCertificates: refresh,
    async close() {
      clearInterval(background);
      closing.abort();
      await transport.close();
    },
  };
}

function refreshOf(
  { exchange }: Transport,
  { keys, now, merchant, onUnverified, onCall }: ClientOptions,
  { apiV3Keys, onFailure, minIntervalMs = MIN_REFRESH_MS }: CertificateOptions,
  signal: AbortSignal,
): () => Promise<void> {
  const ownSerial = merchant.serial;
  const download = { exchange, keys, now, onUnverified, onCall, apiV3Keys, ownSerial };
  return createRefresh({
    // What still waits for its turn when the client is closed has nobody left to send it.
    load: async () => {
      if (!signal.aborted) await refreshCertificates(download);
    },
    minIntervalMs,
    now,
    onFailure,
  });
}
