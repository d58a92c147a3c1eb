/** Sends an answer the way WeChat Pay does: alphabetical JSON, signed, under a `Request-ID`. */
import type { Request, Response } from 'express';
import { canonicalJson } from './canonical-json.ts';
import type { RefusalError } from './refusal-error.ts';
import { requestIdOf } from './request-id.ts';
import type { WechatSigner } from './wechat-signature.ts';

export interface Answer {
  readonly status: number;
  /** JSON; undefined for an answer without a body, a Buffer for a file, which travels unsigned. */
  readonly body: unknown;
  /** The number that ends the `Request-ID`. */
  readonly number: number;
}

export function refusalAnswer({ refusal, detail }: RefusalError): Answer {
  const { status, code, message, number } = refusal;
  return { status, body: { code, message, detail }, number };
}

/** What is signed is not always what is sent: a fault may ask for a signature that does not fit. */
export type Tamper = (signedBody: string) => string;

export type Answerer = (
  req: Request,
  res: Response,
  stem: string,
  answer: Answer,
  tamper?: Tamper,
) => void;

export function createAnswerer(signer: WechatSigner): Answerer {
  return (req, res, stem, { status, body, number }, tamper = (text) => text) => {
    res
      .status(status)
      .set('Request-ID', requestIdOf(stem, number))
      .set('Cache-Control', 'no-cache, must-revalidate');
    if (Buffer.isBuffer(body)) {
      res.set('Content-Type', 'application/octet-stream').end(body);
      return;
    }
    const text = body === undefined ? '' : canonicalJson(body);
    const serial = signer.serialFor(req.get('Wechatpay-Serial'));
    res.set(signer.headersFor(tamper(text), serial));
    if (text !== '') res.set('Content-Type', 'application/json; charset=utf-8');
    res.end(text);
  };
}
