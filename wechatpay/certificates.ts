/** WeChat Pay's platform certificates: downloaded, opened with the APIv3 key, verified (获取商户平台证书). */
import { judge } from './answer.ts';
import { DecryptionError, TransportError, WechatpayRefusal } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { isJsonObject, jsonObjectOf } from './json.ts';
import { createVerificationKeys, type PlatformCertificate, type VerificationKeys } from './keys.ts';
import { encryptedResourceIn, openResource, type ApiV3Keys } from './resource.ts';
import { verify, type Verifier } from './verification.ts';

export interface CertificateDownload extends Pick<Verifier, 'keys' | 'now'> {
  readonly exchange: Exchange;
  readonly apiV3Keys: ApiV3Keys;
  /** The merchant's own certificate serial. */
  readonly ownSerial: string;
}

/**
 * Downloads the certificates and takes them in. The answer may be signed by one of those that it brings, the very first
 * always is: they are opened first, which only the holder of the APIv3 key could have made possible, and then must verify it.
 * A merchant in public-key mode has none: a proven 404 changes nothing.
 *
 * @throws {WechatpayRefusal | VerificationError | TransportError | DecryptionError} and then nothing was taken in
 */
export async function refreshCertificates(download: CertificateDownload): Promise<void> {
  const { exchange, keys, now } = download;
  const raw = await exchange({ method: 'GET', target: '/v3/certificates' });
  if (raw.status !== 200) {
    await judge(raw, { keys, now }).catch(tolerateNone);
    return;
  }
  const certificates = certificatesIn(raw.body, download);
  const brought = keysOf(certificates, download);
  verify(raw, { keys: eitherOf(keys, brought), now });
  keys.add(certificates, now());
}

function tolerateNone(error: unknown): void {
  const isNone = error instanceof WechatpayRefusal && error.proven && error.status === 404;
  if (!isNone) throw error;
}

function certificatesIn(
  body: Buffer,
  { apiV3Keys, now }: CertificateDownload,
): PlatformCertificate[] {
  const data = jsonObjectOf(body)?.['data'];
  if (!Array.isArray(data)) throw new TransportError('the answer lists no certificates');
  return data.map((item: unknown) => {
    const sealed = isJsonObject(item) ? item['encrypt_certificate'] : undefined;
    if (!isJsonObject(item) || !isJsonObject(sealed)) {
      throw new DecryptionError('a listed certificate is not an encrypted resource');
    }
    const pem = openResource(encryptedResourceIn(sealed), apiV3Keys, now()).toString('utf8');
    return { pem, expires: dateOf(item['expire_time']) };
  });
}

/** Whoever holds the APIv3 key may have sealed anything: what it is shows only here. */
function keysOf(
  certificates: PlatformCertificate[],
  { ownSerial, now }: CertificateDownload,
): VerificationKeys {
  const keys = createVerificationKeys({ ownSerial });
  try {
    keys.add(certificates, now());
  } catch {
    throw new TransportError('the answer lists what is no certificate of WeChat Pay');
  }
  return keys;
}

function dateOf(text: unknown): Date | undefined {
  const date = new Date(typeof text === 'string' ? text : Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function eitherOf(held: VerificationKeys, brought: VerificationKeys): VerificationKeys {
  return {
    ...held,
    find: (serial, at) => held.find(serial, at) ?? brought.find(serial, at),
  };
}
