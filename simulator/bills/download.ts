/** GET /v3/billdownload/file: the file of a bill, unsigned, packed if it was asked for so. */
import { gzipSync } from 'node:zlib';
import * as z from 'zod';
import type { Handler } from '../transport/endpoint.ts';
import { readFields, readQuery } from '../transport/fields.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import type { Downloads, Offer } from './downloads.ts';

const Query = z.object({ token: z.string().min(1).max(2048) });

const BOMB_BYTES = 2 ** 30;
const MEMBER_BYTES = 2 ** 24;

export function downloadBillHandler(downloads: Downloads): Handler {
  return ({ target }) => {
    const { token } = readFields(Query, readQuery(target), 'query');
    const offer = downloads.take(token);
    if (offer === undefined) throw new RefusalError('billToken');
    if (offer.fault === 'foreign-token') throw new RefusalError('billOfOthers');
    return bytesOf(offer);
  };
}

function bytesOf({ file, gzip, fault }: Offer): Buffer {
  if (gzip && fault === 'not-gzip') return file;
  if (gzip && fault === 'gzip-bomb') return gzipBomb();
  const bytes = gzip ? gzipSync(file, { level: 1 }) : file; // speed: nobody else is answered meanwhile
  return fault === 'cut' ? bytes.subarray(0, bytes.length / 2) : bytes;
}

/** A file of a megabyte that unpacks to a gigabyte: one member of a gzip file may follow another. */
function gzipBomb(): Buffer {
  const member = gzipSync(Buffer.alloc(MEMBER_BYTES, '0'));
  return Buffer.concat(Array.from({ length: BOMB_BYTES / MEMBER_BYTES }, () => member));
}
