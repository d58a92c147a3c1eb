/** Believes a message only when WeChat Pay is proven to have sent it, now, in these bytes. */
import type { KeyObject } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { apartWords } from './clock.ts';
import { VerificationError, type VerificationReason } from './errors.ts';
import type { VerificationKeys } from './keys.ts';
import { answerMessage, type Headers } from './message.ts';
import { isSignedBy } from './signature.ts';

/** How far a message's timestamp may lie from our clock, either way. */
export const TOLERANCE_SECONDS = 300;

const SIGNATURE_TYPE = 'WECHATPAY2-SHA256-RSA2048';
/** WeChat sends a few signatures that are wrong on purpose, to see who verifies (签名探测流量). */
const PROBE = 'WECHATPAY/SIGNTEST/';

export interface SignedMessage {
  readonly headers: Headers;
  /** The raw bytes as received. */
  readonly body: Buffer;
}

export interface Verifier {
  readonly keys: VerificationKeys;
  readonly now: () => Date;
  /** Loads the certificates again, and never fails. */
  readonly refresh?: (() => Promise<void>) | undefined;
  /** Told of every message that was not believed, so that they can be counted. */
  readonly onUnverified?: ((fault: VerificationReason) => void) | undefined;
}

/** So long a message waits for certificates: what comes later serves the next one. */
const PATIENCE_MS = 2_000;

/**
 * Verifies an answer or a notification (APIv3, 签名验证).
 * `Wechatpay-Signature-Type` may be absent, as in older flows; any other type than RSA-2048 is refused.
 *
 * @throws {VerificationError} which names the rule that failed, never a value of the message
 */
export function verify({ headers, body }: SignedMessage, verifier: Verifier): void {
  const { timestamp, nonce, signature, key } = claimIn(headers, verifier);
  if (!isSignedBy(answerMessage({ timestamp, nonce, body }), signature, key)) {
    throw new VerificationError(
      signature.startsWith(PROBE) ? 'probe' : 'signature',
      'Wechatpay-Signature does not belong to this message',
    );
  }
}

/** What the headers alone say of a message: who claims to have signed it, and when. */
interface Claim {
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
  readonly key: KeyObject;
}

function claimIn(headers: Headers, { keys, now }: Verifier): Claim {
  const timestamp = header(headers, 'wechatpay-timestamp');
  const nonce = header(headers, 'wechatpay-nonce');
  const signature = header(headers, 'wechatpay-signature');
  const serial = header(headers, 'wechatpay-serial');
  if ((headers['wechatpay-signature-type'] ?? SIGNATURE_TYPE) !== SIGNATURE_TYPE) {
    throw new VerificationError(
      'header',
      'Wechatpay-Signature-Type is not WECHATPAY2-SHA256-RSA2048',
    );
  }
  const at = now();
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw new VerificationError('header', 'Wechatpay-Timestamp is not a whole number of seconds');
  }
  const ahead = at.getTime() / 1000 - Number(timestamp);
  if (!(Math.abs(ahead) <= TOLERANCE_SECONDS)) {
    throw new VerificationError(
      'timestamp',
      `Wechatpay-Timestamp is ${apartWords(-ahead)} our clock, and 300 s are allowed`,
    );
  }
  const key = keys.find(serial, at);
  if (!key) {
    throw new VerificationError('serial', 'Wechatpay-Serial names no key that we hold');
  }
  return { timestamp, nonce, signature, key };
}

/**
 * The same, with one more look at WeChat's certificates when the serial is unknown: they may just have changed.
 *
 * @throws {VerificationError} as {@link verify}
 */
export async function verifyOrRefresh(message: SignedMessage, verifier: Verifier): Promise<void> {
  const fault = await whyUnverified(message, verifier);
  if (fault) throw fault;
}

/** Why a message is not believed, certificates looked at once more included; undefined when it is. */
export async function whyUnverified(
  message: SignedMessage,
  verifier: Verifier,
): Promise<VerificationError | undefined> {
  return await lastingFault(() => verify(message, verifier), verifier);
}

/**
 * Why a message of these headers will not be believed, whatever its body is: known before a byte of it is read.
 * Certificates are looked at once more here too, so that nobody's body is held meanwhile.
 */
export async function whyHeadersUnverified(
  headers: Headers,
  verifier: Verifier,
): Promise<VerificationError | undefined> {
  return await lastingFault(() => void claimIn(headers, verifier), verifier);
}

async function lastingFault(
  check: () => void,
  { refresh, onUnverified }: Verifier,
): Promise<VerificationError | undefined> {
  let fault = faultIn(check);
  if (fault?.reason === 'serial' && refresh) {
    await withPatience(refresh());
    fault = faultIn(check);
  }
  if (fault) onUnverified?.(fault.reason);
  return fault;
}

async function withPatience(work: Promise<void>): Promise<void> {
  const ending = new AbortController();
  const patience = delay(PATIENCE_MS, undefined, { signal: ending.signal }).catch(() => undefined);
  await Promise.race([work, patience]);
  ending.abort();
}

function faultIn(check: () => void): VerificationError | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof VerificationError) return error;
    throw error;
  }
}

function header(headers: Headers, name: string): string {
  const value = headers[name];
  if (typeof value !== 'string' || value === '') {
    throw new VerificationError('header', `the header ${name} is missing or repeated`);
  }
  return value;
}
