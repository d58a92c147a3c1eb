/** Answers the way WeChat Pay does: alphabetical JSON, signed, under a `Request-ID`. */
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import type { Policies } from '../policies.ts';
import type { Call } from './call.ts';
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

/** `send` logs by itself; who writes an answer by hand has it logged. */
export interface Sender {
  send(res: Response, answer: SealedAnswer, call?: Call): void;
  log(answer: SealedAnswer, call?: Call): void;
}

export function createSender(logger: Logger): Sender {
  function log({ status, headers }: SealedAnswer, call?: Call): void {
    const signed = headers['Wechatpay-Signature'] !== undefined;
    logger.info({ call, status, request_id: headers['Request-ID'], signed }, 'answered');
  }
  return {
    log,
    send(res, answer, call) {
      if (res.destroyed) return; // the merchant has not waited
      const { status, headers, body } = answer;
      res.status(status);
      for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
      res.end(body);
      log(answer, call);
    },
  };
}

export type Answerer = (req: Request, res: Response, stem: string, answer: Answer) => void;

export function createAnswerer(signer: WechatSigner, { send }: Sender): Answerer {
  const seal = createSealer(signer);
  return (req, res, stem, answer) => send(res, seal(req, stem, answer));
}
