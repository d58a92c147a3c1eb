/** WeChat Pay's platform certificates: downloaded, opened with the APIv3 key, verified (获取商户平台证书). */
import { answerOf } from './answer.ts';
import { measured, type OnCall } from './call-end.ts';
import { DecryptionError, TransportError, WechatpayRefusal } from './errors.ts';
import type { Exchange, RawAnswer } from './exchange.ts';
import { isJsonObject, jsonObjectOf, type JsonObject } from './json.ts';
import { createVerificationKeys, type PlatformCertificate, type VerificationKeys } from './keys.ts';
import { encryptedResourceIn, openResource, type ApiV3Keys } from './resource.ts';
import { verifyOrRefresh, type Verifier } from './verification.ts';

export interface CertificateDownload extends Pick<Verifier, 'keys' | 'now' | 'onUnverified'> {
  readonly exchange: Exchange;
  readonly apiV3Keys: ApiV3Keys;
  /** The merchant's own certificate serial. */
  readonly ownSerial: string;
  /** Told what the call came to. */
  readonly onCall?: OnCall | undefined;
}

/**
 * Downloads the certificates and takes them in. Who holds a key of WeChat Pay's already believes the answer by that key only.
 * The very first answer is signed by one of the certificates that it brings: they are opened, which only a holder of the
 * APIv3 key could have made possible, and must then verify it.
 * A merchant in public-key mode has none: a proven 404 changes nothing.
 *
 * @throws {WechatpayRefusal | VerificationError | TransportError | DecryptionError} and then nothing was taken in
 */
export async function refreshCertificates(download: CertificateDownload): Promise<void> {
  await measured('downloadCertificates', download.onCall, async (answered) => {
    const { exchange } = download;
    const raw = await exchange({ method: 'GET', target: '/v3/certificates' });
    answered(raw);
    await takeIn(raw, download);
  });
}

async function takeIn(raw: RawAnswer, download: CertificateDownload): Promise<void> {
  const { keys, now, onUnverified, ownSerial } = download;
  if (raw.status !== 200) {
    await answerOf(raw, { keys, now, onUnverified }).catch(tolerateNone);
    return;
  }
  const isFirst = keys.expectedSerial(now()) === undefined;
  if (!isFirst) await verifyOrRefresh(raw, { keys, now, onUnverified });
  const certificates = certificatesIn(raw.body, download);
  if (isFirst) {
    const brought = createVerificationKeys({ ownSerial });
    take(certificates, brought, now());
    await verifyOrRefresh(raw, { keys: brought, now, onUnverified });
  }
  take(certificates, keys, now());
}

/** Whoever holds the APIv3 key may have sealed anything: what it is shows only here. */
function take(certificates: PlatformCertificate[], keys: VerificationKeys, at: Date): void {
  try {
    keys.add(certificates, at);
  } catch {
    throw new TransportError(
      'the answer lists what is no certificate of WeChat Pay’s, or another key under a known serial',
    );
  }
}

function tolerateNone(error: unknown): void {
  const isNone =
    error instanceof WechatpayRefusal &&
    error.proven &&
    error.status === 404 &&
    error.errorCode === 'RESOURCE_NOT_EXISTS';
  if (!isNone) throw error;
}

/**
 * What an answer lists, opened. Nobody has believed the answer yet, but only a holder of the APIv3 key can have sealed this.
 *
 * @throws {TransportError | DecryptionError}
 */
export function certificatesIn(
  body: Buffer,
  { apiV3Keys, now }: Pick<CertificateDownload, 'apiV3Keys' | 'now'>,
): PlatformCertificate[] {
  const data = jsonObjectOf(body)?.['data'];
  if (!Array.isArray(data)) throw new TransportError('the answer lists no certificates');
  return data.map((item: unknown) => {
    const sealed = isJsonObject(item) ? item['encrypt_certificate'] : undefined;
    if (!isJsonObject(item) || !isJsonObject(sealed)) {
      throw new DecryptionError('a listed certificate is not an encrypted resource');
    }
    const resource = encryptedResourceIn(sealed);
    if (resource.associated_data !== 'certificate') {
      throw new DecryptionError('a listed certificate was sealed as something else');
    }
    const pem = openResource(resource, apiV3Keys, now()).toString('utf8');
    return { pem, expires: endOf(item) };
  });
}

/** What cannot be read must not mean "without end". */
function endOf(item: JsonObject): Date {
  const text = item['expire_time'];
  const end = new Date(typeof text === 'string' ? text : Number.NaN);
  if (Number.isNaN(end.getTime())) {
    throw new TransportError('a listed certificate has no expire_time that can be read');
  }
  return end;
}
