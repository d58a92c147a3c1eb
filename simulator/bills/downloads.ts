/** Which files can be downloaded, under which token, until when: in real time, and only while this runs. */
import { createHash, randomBytes } from 'node:crypto';

export interface Offer {
  readonly file: Buffer;
  readonly gzip: boolean;
  /** What else befalls the download. */
  readonly fault: 'none' | 'cut' | 'not-gzip' | 'gzip-bomb' | 'foreign-token';
}

export interface Downloads {
  /** Returns the token. */
  offer(offer: Offer, lifetimeMs: number): string;
  /** Undefined for a token that is unknown or has expired. */
  take(token: string): Offer | undefined;
}

export function createDownloads(now: () => number = Date.now): Downloads {
  const offers = new Map<string, Offer & { readonly untilMs: number }>();

  /** A bill that is asked for again is not kept twice. */
  function once(file: Buffer): Buffer {
    const same = [...offers.values()].find((offer) => offer.file.equals(file));
    return same?.file ?? file;
  }

  function forgetExpired(): void {
    for (const [token, { untilMs }] of offers) if (untilMs <= now()) offers.delete(token);
  }

  return {
    offer(offer, lifetimeMs) {
      forgetExpired();
      const token = randomBytes(48).toString('base64url');
      offers.set(token, { ...offer, file: once(offer.file), untilMs: now() + lifetimeMs });
      return token;
    },
    take(token) {
      forgetExpired();
      return offers.get(token);
    },
  };
}

/** In hex, over the file as it is before it is packed. */
export function sha1(file: Buffer): string {
  return createHash('sha1').update(file).digest('hex');
}
