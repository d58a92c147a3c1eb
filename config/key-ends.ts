/** When what the programs were given stops counting: certificates, and a key that has a successor. */
import { X509Certificate } from 'node:crypto';
import type { PlatformCertificate } from '../wechatpay/keys.ts';

export interface KeyEnd {
  /**
   * - `wechatpay`: platform certificates, of which the last one counts
   * - `merchant`: the merchant's own API certificate
   * - `apiv3_previous`: the APIv3 key of before, which ends on purpose
   * - `temporal_client`, `temporal_ca`: by which Temporal is reached
   */
  readonly kind: 'wechatpay' | 'merchant' | 'apiv3_previous' | 'temporal_client' | 'temporal_ca';
  readonly end: Date;
}

export interface Held {
  /** Those of WeChat Pay that count now. */
  readonly platformCertificates: readonly PlatformCertificate[];
  /** PEM. */
  readonly merchantCertificate?: string | undefined;
  readonly previousApiV3Key?: { readonly until: Date } | undefined;
  readonly temporalTls?: unknown;
}

interface Tls {
  readonly serverRootCACertificate?: Uint8Array;
  readonly clientCertPair?: { readonly crt: Uint8Array };
}

export function keyEndsOf(held: Held): KeyEnd[] {
  const { platformCertificates, merchantCertificate, previousApiV3Key, temporalTls } = held;
  const { serverRootCACertificate, clientCertPair } = (temporalTls ?? {}) as Tls;
  return [
    ...platformCertificates.map(({ pem, expires }) => ({
      kind: 'wechatpay' as const,
      end: expires ?? endOf(pem),
    })),
    ...ofPem('merchant', merchantCertificate),
    ...(previousApiV3Key ? [{ kind: 'apiv3_previous', end: previousApiV3Key.until } as const] : []),
    ...ofPem('temporal_client', clientCertPair?.crt),
    ...ofPem('temporal_ca', serverRootCACertificate),
  ];
}

/** The first of a file: whoever renews it renews the others too. */
function ofPem(kind: KeyEnd['kind'], pem: string | Uint8Array | undefined): KeyEnd[] {
  return pem === undefined ? [] : [{ kind, end: endOf(pem) }];
}

function endOf(pem: string | Uint8Array): Date {
  return new Date(new X509Certificate(Buffer.from(pem)).validTo);
}
