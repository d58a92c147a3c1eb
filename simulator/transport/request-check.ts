/** Is this request what APIv3 demands: headers, merchant, serial, time and signature? */
import type { IncomingHttpHeaders } from 'node:http';
import { requestMessage } from '../../wechatpay/message.ts';
import { isSignedBy } from '../../wechatpay/signature.ts';
import type { KeyRing } from '../credentials/key-ring.ts';
import { readAuthorization, type Authorization } from './authorization-header.ts';
import { RefusalError, type FaultyField } from './refusal-error.ts';
import { sentValue } from './sent-value.ts';

const TOLERANCE_SECONDS = 300;
/** What an `Accept` that takes JSON may say. */
const JSON_IN = new Set(['application/json', 'application/*', '*/*']);
/** APIv3 has one encoding, which need not be named. */
const JSON_BODY = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;

export interface ReceivedRequest {
  readonly method: string;
  /** Path and query exactly as transmitted. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  /** Every value of every header, where `headers` keeps one. */
  readonly headersDistinct: NodeJS.Dict<string[]>;
  readonly body: Buffer;
}

export type RequestCheck = (request: ReceivedRequest) => void;

export function createRequestCheck(mchid: string, keys: KeyRing): RequestCheck {
  return (request) => {
    checkTarget(request.target);
    checkHeaders(request);
    const authorization = authorizationOf(request);
    if (authorization.mchid !== mchid) throw new RefusalError('merchant');
    const merchantKey = keys.merchantKey(authorization.serial_no);
    if (merchantKey === undefined) throw new RefusalError('serial');
    const ageSeconds = Math.abs(Date.now() / 1000 - Number(authorization.timestamp));
    if (ageSeconds > TOLERANCE_SECONDS) throw new RefusalError('timestamp');
    const message = signedBytes(request, authorization);
    if (!isSignedBy(message, authorization.signature, merchantKey)) {
      throw new RefusalError('signature');
    }
  };
}

/** Neither raw nor encoded may it hold a character beyond the BMP, whose UTF-8 begins with F0 to F4. */
function checkTarget(target: string): void {
  if (/[^\x21-\x7e]/.test(target)) throw refused('url', target, 'the path or query is not encoded');
  if (/%f[0-4]/i.test(target))
    throw refused('url', target, 'characters of 4 bytes are not allowed');
}

function checkHeaders({ method, headers, body }: ReceivedRequest): void {
  if (!headers['user-agent']?.trim() || !acceptsJson(headers.accept)) {
    throw new RefusalError('headersMissing');
  }
  if (body.length === 0) return;
  if (method === 'GET')
    throw refused('body', body.toString(), 'a GET has no body: parameters go into the URL');
  if (!JSON_BODY.test(headers['content-type'] ?? '')) throw new RefusalError('contentType');
}

function authorizationOf({ headersDistinct }: ReceivedRequest): Authorization {
  const [header, ...others] = headersDistinct['authorization'] ?? [];
  if (header === undefined || others.length > 0) throw new RefusalError('authorization');
  if (!header.startsWith('WECHATPAY2-SHA256-RSA2048 ')) throw new RefusalError('authorizationType');
  const authorization = readAuthorization(header);
  if (authorization === undefined) throw new RefusalError('authorization');
  return authorization;
}

function acceptsJson(accept: string | undefined): boolean {
  const kinds = (accept ?? '').split(',').map((kind) => kind.split(';')[0]?.trim().toLowerCase());
  return kinds.some((kind) => kind !== undefined && JSON_IN.has(kind));
}

function refused(location: FaultyField['location'], sent: string, issue: string): RefusalError {
  return new RefusalError('parameter', { field: '', value: sentValue(sent), issue, location });
}

/** The body enters as bytes: what is not UTF-8 is refused for what it is, not for its signature. */
function signedBytes(request: ReceivedRequest, authorization: Authorization): Buffer {
  const { method, target, body } = request;
  const { timestamp, nonce_str: nonce } = authorization;
  const beforeBody = requestMessage({ method, target, timestamp, nonce, body: '' }).slice(0, -1);
  return Buffer.concat([Buffer.from(beforeBody), body, Buffer.from('\n')]);
}
