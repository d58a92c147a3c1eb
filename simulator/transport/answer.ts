/** Sends an answer the way WeChat Pay does: alphabetical JSON, signed, under a `Request-ID`. */
import type { Request, Response } from 'express';
import { canonicalJson } from './canonical-json.ts';
import type { RefusalError } from './refusal-error.ts';
import { requestIdOf } from './request-id.ts';
import type { WechatSigner } from './wechat-signature.ts';

export interface Answer {
  readonly status: number;
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
    const text = canonicalJson(body);
    const kind = signer.keyAskedFor(req.get('Wechatpay-Serial'));
    res
      .status(status)
      .set(signer.headersFor(tamper(text), kind))
      .set('Request-ID', requestIdOf(stem, number))
      .set('Content-Type', 'application/json; charset=utf-8')
      .set('Cache-Control', 'no-cache, must-revalidate')
      .end(text);
  };
}
