/** Whose signature counts: one map from serial to key, for platform certificates and the WeChat Pay public key alike. */
import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';

export interface VerificationKeys {
  /** The serial to name in `Wechatpay-Serial` of every request: the key we expect the answer to be signed with. */
  readonly expectedSerial: string;
  /** The key of a serial, unless it is unknown or its certificate is not valid at that moment. */
  find(serial: string, at: Date): KeyObject | undefined;
}

export interface KeySources {
  /** The WeChat Pay public key: its id (`PUB_KEY_ID_…`) and PEM. It does not expire. */
  readonly publicKey?: { readonly id: string; readonly pem: string } | undefined;
  /** Platform certificates as PEM, of which several may overlap. */
  readonly certificates?: readonly string[] | undefined;
  /** The merchant's own certificate serial. A message "signed" by ourselves proves nothing. */
  readonly ownSerial: string;
}

interface Entry {
  readonly key: KeyObject;
  readonly validFrom: Date;
  readonly validTo: Date;
}

const ALWAYS = { validFrom: new Date(0), validTo: new Date(8.64e15) };

/**
 * Builds the map. The public key, where there is one, is the key that answers are asked to be signed with.
 *
 * @throws {TypeError} when there is no key at all, or one of them carries the merchant's own serial
 */
export function createVerificationKeys(sources: KeySources): VerificationKeys {
  const entries = new Map<string, Entry>();
  if (sources.publicKey) {
    const { id, pem } = sources.publicKey;
    entries.set(id, { key: createPublicKey(pem), ...ALWAYS });
  }
  for (const pem of sources.certificates ?? []) {
    const { serialNumber, publicKey, validFrom, validTo } = new X509Certificate(pem);
    entries.set(serialNumber.toUpperCase(), {
      key: publicKey,
      validFrom: new Date(validFrom),
      validTo: new Date(validTo),
    });
  }
  const [expectedSerial] = entries.keys();
  if (expectedSerial === undefined) {
    throw new TypeError('neither a WeChat Pay public key nor a platform certificate is given');
  }
  if (entries.has(sources.ownSerial.toUpperCase())) {
    throw new TypeError(
      'a key that should be WeChat Pay’s carries the serial of the merchant’s own certificate',
    );
  }
  return {
    expectedSerial,
    find(serial, at) {
      const entry = entries.get(serial) ?? entries.get(serial.toUpperCase());
      return entry && entry.validFrom <= at && at <= entry.validTo ? entry.key : undefined;
    },
  };
}
