/** Whose signature counts: one map from serial to key, for platform certificates and the WeChat Pay public key alike. */
import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';

/** A certificate that WeChat Pay signs with. */
export interface PlatformCertificate {
  readonly pem: string;
  /** When WeChat stops using it, where that comes before the certificate's own end (it is brought forward before a swap). */
  readonly expires?: Date | undefined;
}

export interface VerificationKeys {
  /**
   * The serial to name in `Wechatpay-Serial` of every request: the key we expect the answer to be signed with.
   * The public key where there is one, or else the newest certificate; undefined before the first was downloaded.
   */
  expectedSerial(at: Date): string | undefined;
  /** The key of a serial, unless it is unknown or its certificate is not valid at that moment. */
  find(serial: string, at: Date): KeyObject | undefined;
  /**
   * Takes in certificates that were downloaded. Those held before stay until they expire, and end no later for being listed again.
   *
   * @throws {TypeError} when one of them is the merchant's own, is not RSA, or puts another key under a known serial;
   * then none is taken in
   */
  add(certificates: readonly PlatformCertificate[], at: Date): void;
  /** The platform certificates that are valid at that moment, the newest first. */
  certificates(at: Date): PlatformCertificate[];
}

export interface KeySources {
  /** The WeChat Pay public key: its id (`PUB_KEY_ID_…`) and PEM. It does not expire. */
  readonly publicKey?: { readonly id: string; readonly pem: string } | undefined;
  /** Platform certificates as PEM, of which several may overlap. */
  readonly certificates?: readonly string[] | undefined;
  /** The merchant's own certificate serial. A message "signed" by ourselves proves nothing. */
  readonly ownSerial: string;
  /** The merchant's own public key, where it is at hand: it counts under no other serial either. */
  readonly ownKey?: KeyObject | undefined;
}

interface Entry extends PlatformCertificate {
  readonly serial: string;
  readonly key: KeyObject;
  readonly validFrom: Date;
  readonly validTo: Date;
}

/**
 * Builds the map. It may begin without any certificate, where they will be downloaded.
 *
 * @throws {TypeError} when one of the keys is the merchant's own, or is not RSA
 */
export function createVerificationKeys(sources: KeySources): VerificationKeys {
  const ownSerial = sources.ownSerial.toUpperCase();
  let entries = new Map<string, Entry>();
  const publicKey = sources.publicKey && {
    serial: sources.publicKey.id,
    key: createPublicKey(sources.publicKey.pem),
  };
  if (publicKey) check(publicKey);
  const keys: VerificationKeys = {
    expectedSerial: (at) => publicKey?.serial ?? validAt(at)[0]?.serial,
    find(serial, at) {
      if (serial === publicKey?.serial) return publicKey.key;
      const entry = entries.get(serial.toUpperCase());
      return entry && isValid(entry, at) ? entry.key : undefined;
    },
    add(certificates, at) {
      const added = certificates.map(entryOf).map(endingNoLater);
      for (const entry of added) check(entry);
      const kept = [...entries.values()].filter(({ validTo }) => validTo >= at);
      entries = new Map([...kept, ...added].map((entry) => [entry.serial, entry]));
    },
    certificates: (at) => validAt(at).map(({ pem, validTo }) => ({ pem, expires: validTo })),
  };
  keys.add(
    (sources.certificates ?? []).map((pem) => ({ pem })),
    new Date(0),
  );
  return keys;

  function validAt(at: Date): Entry[] {
    const valid = [...entries.values()].filter((entry) => isValid(entry, at));
    // Of two that began in the same second, the one learnt later is the newer.
    return valid.toReversed().toSorted((a, b) => Number(b.validFrom) - Number(a.validFrom));
  }

  function check({ serial, key }: Pick<Entry, 'serial' | 'key'>): void {
    if (serial.toUpperCase() === ownSerial || sources.ownKey?.equals(key)) {
      throw new TypeError(
        'a key that should be WeChat Pay’s is that of the merchant’s own certificate',
      );
    }
    if (key.asymmetricKeyType !== 'rsa') throw new TypeError('a key of WeChat Pay’s is not RSA');
    if (entries.get(serial)?.key.equals(key) === false) {
      throw new TypeError('two keys carry one serial of WeChat Pay’s');
    }
  }

  function endingNoLater(entry: Entry): Entry {
    const held = entries.get(entry.serial);
    return held && held.validTo < entry.validTo ? { ...entry, validTo: held.validTo } : entry;
  }
}

function entryOf({ pem, expires }: PlatformCertificate): Entry {
  const { serialNumber, publicKey, validFrom, validTo } = new X509Certificate(pem);
  const end = new Date(validTo);
  return {
    pem,
    serial: serialNumber.toUpperCase(),
    key: publicKey,
    validFrom: new Date(validFrom),
    validTo: expires && expires < end ? expires : end,
  };
}

function isValid({ validFrom, validTo }: Entry, at: Date): boolean {
  return validFrom <= at && at <= validTo;
}
