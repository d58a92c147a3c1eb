/** Is this request what APIv3 demands: headers, merchant, serial, time and signature? */
import type { IncomingHttpHeaders } from 'node:http';
import { requestMessage } from '../../wechatpay/message.ts';
import { isSignedBy } from '../../wechatpay/signature.ts';
import type { KeyRing } from '../credentials/key-ring.ts';
import { readAuthorization, type Authorization } from './authorization-header.ts';
import { RefusalError } from './refusal-error.ts';

const TOLERANCE_SECONDS = 300;
/** What an `Accept` that takes JSON may say. */
const JSON_IN = new Set(['application/json', 'application/*', '*/*']);

export interface ReceivedRequest {
  readonly method: string;
  /** Path and query exactly as transmitted. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export type RequestCheck = (request: ReceivedRequest) => void;

export function createRequestCheck(mchid: string, keys: KeyRing): RequestCheck {
  return (request) => {
    checkHeaders(request);
    const authorization = readAuthorization(request.headers.authorization);
    if (authorization === undefined) throw new RefusalError('authorization');
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

function checkHeaders({ headers, body }: ReceivedRequest): void {
  if (!headers['user-agent']?.trim() || !acceptsJson(headers.accept)) {
    throw new RefusalError('headersMissing');
  }
  if (body.length > 0 && !/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) {
    throw new RefusalError('contentType');
  }
}

function acceptsJson(accept: string | undefined): boolean {
  const kinds = (accept ?? '').split(',').map((kind) => kind.split(';')[0]?.trim().toLowerCase());
  return kinds.some((kind) => kind !== undefined && JSON_IN.has(kind));
}

/** The body enters as bytes: what is not UTF-8 is refused for what it is, not for its signature. */
function signedBytes(request: ReceivedRequest, authorization: Authorization): Buffer {
  const { method, target, body } = request;
  const { timestamp, nonce_str: nonce } = authorization;
  const beforeBody = requestMessage({ method, target, timestamp, nonce, body: '' }).slice(0, -1);
  return Buffer.concat([Buffer.from(beforeBody), body, Buffer.from('\n')]);
}
