/** Answers the way WeChat Pay does: alphabetical JSON, signed, under a `Request-ID`. */
import type { Request, Response } from 'express';
import type { Policies } from '../policies.ts';
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
  /** Without any `Wechatpay-*` header. */
  readonly unsigned?: boolean;
}

/** As it goes out. */
export interface SealedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

/** Where a bad field is told: in `detail`, in `message` and without its name in `detail`, or in both. */
export type FieldTold = Policies['parameter_error'];

export function refusalAnswer(error: RefusalError, told: FieldTold = 'detail'): Answer {
  const { status, code, message, number } = error.refusal;
  const { message: sentence = message, measured, ...detail } = error.detail ?? {};
  if (error.detail === undefined) return { status, body: { code, message }, number };
  switch (told) {
    case 'detail':
      return { status, body: { code, message, detail }, number };
    case 'both':
      return { status, body: { code, message: sentence, detail }, number };
    case 'message': {
      const { location, value } = error.detail;
      const nameless = { location, value: measured ?? value };
      return { status, body: { code, message: sentence, detail: nameless }, number };
    }
  }
}

export type Sealer = (req: Request, stem: string, answer: Answer) => SealedAnswer;

export function createSealer(signer: WechatSigner): Sealer {
  return (req, stem, { status, body, number, unsigned = false }) => {
    const head = {
      'Request-ID': requestIdOf(stem, number),
      'Cache-Control': 'no-cache, must-revalidate',
    };
    if (Buffer.isBuffer(body)) {
      return { status, headers: { ...head, 'Content-Type': 'application/octet-stream' }, body };
    }
    const text = body === undefined ? '' : canonicalJson(body);
    const serial = signer.serialFor(req.get('Wechatpay-Serial'));
    const headers = {
      ...head,
      ...(!unsigned && signer.headersFor(text, serial)),
      ...(text !== '' && { 'Content-Type': 'application/json; charset=utf-8' }),
    };
    return { status, headers, body: Buffer.from(text) };
  };
}

export function sendAnswer(res: Response, { status, headers, body }: SealedAnswer): void {
  res.status(status);
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.end(body);
}

export type Answerer = (req: Request, res: Response, stem: string, answer: Answer) => void;

export function createAnswerer(signer: WechatSigner): Answerer {
  const seal = createSealer(signer);
  return (req, res, stem, answer) => sendAnswer(res, seal(req, stem, answer));
}
