/** WeChat Pay's platform certificates: which are listed, which one signs, how one takes over from another. */

/** Times are real ones, in milliseconds: signatures never follow the business clock. */
export interface PlatformCertificate {
  readonly serial_no: string;
  readonly pem: string;
  readonly private_key: string;
  /** From here on it may sign, and the newest of those that may is the one that does. */
  readonly effective_ms: number;
  /** From here on it is neither listed nor used; earlier than the notAfter in the PEM once it is being replaced. */
  readonly expire_ms: number;
}

type Certificates = readonly PlatformCertificate[];

/** What /v3/certificates tells: also one that is not effective yet, so that merchants know it beforehand. */
export function listedAt(nowMs: number, certificates: Certificates): PlatformCertificate[] {
  return certificates.filter((it) => nowMs < it.expire_ms);
}

/** Those under which WeChat Pay may sign, the newest last. */
export function usableAt(nowMs: number, certificates: Certificates): PlatformCertificate[] {
  return listedAt(nowMs, certificates)
    .filter((it) => it.effective_ms <= nowMs)
    .toSorted((a, b) => a.effective_ms - b.effective_ms);
}

/** The successor joins, and all others end `overlapMs` after it has become effective. */
export function joinedBy(
  successor: PlatformCertificate,
  overlapMs: number,
  certificates: Certificates,
): PlatformCertificate[] {
  const endMs = successor.effective_ms + overlapMs;
  const shortened = certificates.map((it) => ({ ...it, expire_ms: Math.min(it.expire_ms, endMs) }));
  return [...shortened, successor];
}

/** The one that was to take over later does so now; undefined if there is none. */
export function switchedAt(
  nowMs: number,
  overlapMs: number,
  certificates: Certificates,
): PlatformCertificate[] | undefined {
  const successor = certificates.find((it) => nowMs < it.effective_ms);
  if (successor === undefined) return undefined;
  const others = certificates.filter((it) => it !== successor);
  return joinedBy({ ...successor, effective_ms: nowMs }, overlapMs, others);
}

/** Ends one at once; undefined if no listed one has this serial. */
export function expiredAt(
  nowMs: number,
  serial_no: string,
  certificates: Certificates,
): PlatformCertificate[] | undefined {
  if (!listedAt(nowMs, certificates).some((it) => it.serial_no === serial_no)) return undefined;
  return certificates.map((it) => (it.serial_no === serial_no ? { ...it, expire_ms: nowMs } : it));
}
