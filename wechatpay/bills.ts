/** A day's bills, of trades and of the account: applied for, then streamed to wherever they shall go, and proven by their hash. */
import { createHash } from 'node:crypto';
import { Transform, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { refusalIn, requestIdOf, type Answer } from './answer.ts';
import { measured, type Head, type OnCall } from './call-end.ts';
import {
  BillLinkExpiredError,
  InvalidParameterError,
  TransportError,
  VerificationError,
  WechatpayRefusal,
} from './errors.ts';
import {
  limitedBody,
  requestOne,
  transportError,
  type ExchangeOptions,
  type StreamedAnswer,
} from './exchange.ts';
import { jsonObjectOf } from './json.ts';
import { queryOf } from './target.ts';
import type { Transport } from './transport.ts';
import type { Verifier } from './verification.ts';

/** Of the unzipped file: a million rows are some 400 MB. */
const LIMIT_BYTES = 8 * 1024 ** 3;
const DOWNLOAD_TIMEOUT_MS = 30 * 60_000;

/** What the application for a bill was answered. The link lives for 30 seconds (guide 3.2.12). */
export interface BillLink {
  readonly download_url: string;
  /** SHA-1 of the unzipped file, in hex. */
  readonly hash_value: string;
}

export interface BillOptions
  extends Omit<ExchangeOptions, 'answerTimeoutMs'>, Pick<Verifier, 'onUnverified'> {
  /** Longer files are refused: what is unzipped may be a bomb. */
  readonly billLimitBytes?: number | undefined;
  /** For the whole download, default 30 min. */
  readonly billTimeoutMs?: number | undefined;
  /** Told what each call came to. */
  readonly onCall?: OnCall | undefined;
}

export type BillCalls = ReturnType<typeof createBillCalls>;

export function createBillCalls({ send }: Pick<Transport, 'send'>, options: BillOptions) {
  return {
    /**
     * 申请交易账单, guide 3.2.11.
     *
     * @param bill_date `yyyy-MM-DD`, the day in Beijing
     */
    async applyForTradeBill({ bill_date }: { bill_date: string }): Promise<BillLink> {
      const query = queryOf({ bill_date, bill_type: 'ALL', tar_type: 'GZIP' });
      const target = `/v3/bill/tradebill?${query}`;
      return billLinkIn(await send({ name: 'applyForTradeBill', method: 'GET', target }));
    },

    /**
     * 申请资金账单, of the basic account.
     *
     * @param bill_date `yyyy-MM-DD`, the day in Beijing
     */
    async applyForFundFlowBill({ bill_date }: { bill_date: string }): Promise<BillLink> {
      const query = queryOf({ bill_date, account_type: 'BASIC', tar_type: 'GZIP' });
      const target = `/v3/bill/fundflowbill?${query}`;
      return billLinkIn(await send({ name: 'applyForFundFlowBill', method: 'GET', target }));
    },

    /**
     * 下载账单, guide 3.2.12: unzips the bill into `to`, which is ended only when the hash was the one announced,
     * and otherwise destroyed. Nothing is held in memory but what is on its way.
     *
     * @returns how many bytes the unzipped file has
     * @throws {BillLinkExpiredError} apply again
     * @throws {InvalidParameterError} the link leads away from WeChat Pay; nothing was sent
     * @throws {VerificationError} other bytes than those announced
     * @throws {WechatpayRefusal | TransportError} refused, cut, too slow, too long, or not zipped
     */
    async downloadBill(link: BillLink, to: Writable): Promise<number> {
      try {
        return await measured('downloadBill', options.onCall, (answered) =>
          download(link, to, options, answered),
        );
      } catch (error) {
        to.destroy();
        throw error;
      }
    },
  };
}

function billLinkIn({ json, requestId }: Answer): BillLink {
  const { download_url, hash_value, hash_type } = json;
  if (typeof download_url !== 'string' || typeof hash_value !== 'string' || hash_type !== 'SHA1') {
    throw new TransportError('the answer lacks a link to the bill or its SHA1', { requestId });
  }
  return { download_url, hash_value };
}

async function download(
  link: BillLink,
  to: Writable,
  options: BillOptions,
  answered: (head: Head) => void,
): Promise<number> {
  const { hosts, billLimitBytes = LIMIT_BYTES, billTimeoutMs = DOWNLOAD_TIMEOUT_MS } = options;
  const { download_url, hash_value } = link;
  const url = URL.canParse(download_url) ? new URL(download_url) : undefined;
  const pool = url && hosts.ownerOf(url);
  if (!pool) throw new InvalidParameterError('download_url leads away from WeChat Pay');

  const signal = AbortSignal.timeout(billTimeoutMs);
  try {
    // The link is signed as it is: its token must not be encoded again.
    const target = url.pathname + url.search;
    const answer = await requestOne(pool, { method: 'GET', target }, options, signal);
    answered(answer);
    if (answer.status !== 200) throw await refusalOf(answer);
    const proof = createProof(hash_value, billLimitBytes);
    await pipeline(answer.body, createGunzip(), proof.stream, to, { signal });
    return proof.length();
  } catch (error) {
    const { onUnverified } = options;
    if (error instanceof VerificationError) onUnverified?.(error.reason);
    throw isTold(error) ? error : transportError(error, 'the bill did not arrive whole');
  }
}

function isTold(error: unknown): boolean {
  return (
    error instanceof VerificationError ||
    error instanceof BillLinkExpiredError ||
    error instanceof WechatpayRefusal
  );
}

/** Answers of this call carry no signature: what they refuse is never proven. */
async function refusalOf({ status, headers, body }: StreamedAnswer): Promise<Error> {
  const facts = { status, requestId: requestIdOf(headers) };
  const json = jsonObjectOf(await limitedBody(body));
  if (!json) return new TransportError(`the bill was answered by HTTP ${status}`, facts);
  if (status === 400 && json['code'] === 'INVALID_REQUEST') {
    return new BillLinkExpiredError('the link to the bill has expired: apply for it again');
  }
  return refusalIn(json, { ...facts, unproven: 'such an answer bears no signature' });
}

/** Lets bytes through and ends well only when they were the announced ones. */
function createProof(hash_value: string, limitBytes: number) {
  const hash = createHash('sha1');
  let length = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.length;
      hash.update(chunk);
      if (length <= limitBytes) done(null, chunk);
      else done(new TransportError('the unzipped bill is longer than any that is expected'));
    },
    flush(done) {
      const fits = hash.digest('hex') === hash_value.toLowerCase();
      done(
        fits ? null : new VerificationError('hash', 'the bill’s SHA-1 is not the one announced'),
      );
    },
  });
  return { stream, length: () => length };
}
