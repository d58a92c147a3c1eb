/** Bodies of business code: JSON in UTF-8, and said to be so. */
import express, { type RequestHandler } from 'express';
import { Problem } from '../http/problems.ts';
import { hasBody } from './arrival.ts';

const LIMIT = '100kb';

export function readJson(boundBodies: RequestHandler, limit = LIMIT): RequestHandler[] {
  const read = express.raw({ type: () => true, inflate: false, limit });
  return [requireType, boundBodies, read, parse];
}

const JSON_TYPE = /^application\/json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?;?$/i;

/** A web page can send no such type to another host without asking it first. */
const requireType: RequestHandler = (request, _response, next) => {
  if (hasBody(request) && !JSON_TYPE.test(request.get('content-type') ?? '')) {
    throw new Problem('not-json', { detail: ({ problems }) => problems.request.notJsonType });
  }
  next();
};

const parse: RequestHandler = (request, _response, next) => {
  const bytes: unknown = request.body;
  request.body = Buffer.isBuffer(bytes) && bytes.length > 0 ? valueOf(textOf(bytes)) : {};
  next();
};

/** Strictly: in another encoding Chinese would be shown to users as what it is not. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('invalid-request', { detail: ({ problems }) => problems.request.notUtf8 });
  }
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('invalid-request', { detail: ({ problems }) => problems.request.notJson });
  }
}
