/** Faults of an answer's body: too little, too much, or something else than JSON. */
import { pipeline, Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { SealedAnswer } from '../transport/answer.ts';
import { cut } from './execution.ts';
import { spoilt, type Strike, type FaultedCall } from './faulted-call.ts';

const MEGABYTE = 1 << 20;
const OVERSIZED_MEGABYTES = 100;
const BOMB_MEGABYTES = 1000;

const halfOf = (body: Buffer) => body.subarray(0, Math.floor(body.length / 2));

/** Under the signature of the whole. */
export const halfJson = spoilt((answer) => ({ ...answer, body: halfOf(answer.body) }));

/** Under a signature of its own: only parsing shows it. */
export const halfJsonSigned = spoilt((answer, call) => resealed(answer, halfOf(answer.body), call));

/** Announces the whole, sends half, and cuts the connection. */
export const shortBody: Strike = (call) => {
  const { status, headers, body } = call.seal(call.execute());
  call.res.writeHead(status, { ...headers, 'Content-Length': body.length + 1 });
  call.res.write(halfOf(body), () => cut(call));
};

export const notJson = spoilt((answer, call) =>
  resealed({ ...answer, status: 200 }, Buffer.from('<xml>OK</xml>\n'), call),
);

/** 100 MB without an announced length: only counting ends it. */
export const oversized: Strike = (call) => {
  const { headers } = call.seal(call.execute());
  call.res.writeHead(200, headers);
  pipeline(Readable.from(manyMegabytes()), call.res, () => undefined); // the merchant may hang up
};

function* manyMegabytes(): Iterable<Buffer> {
  yield Buffer.from('{"padding":"');
  for (let i = 0; i < OVERSIZED_MEGABYTES; i++) yield Buffer.alloc(MEGABYTE, 'a');
  yield Buffer.from('"}');
}

/** A megabyte that unzips to a thousand. */
export const gzipBomb = spoilt((answer) => {
  const megabyte = gzipSync(Buffer.alloc(MEGABYTE, ' '));
  const body = Buffer.concat(Array.from({ length: BOMB_MEGABYTES }, () => megabyte));
  return { status: 200, headers: { ...answer.headers, 'Content-Encoding': 'gzip' }, body };
});

/** Another body, correctly signed; a file has no signature. */
function resealed(answer: SealedAnswer, body: Buffer, call: FaultedCall): SealedAnswer {
  if (answer.headers['Wechatpay-Signature'] === undefined) return { ...answer, body };
  return { ...answer, headers: { ...answer.headers, ...call.sign(body.toString()) }, body };
}
