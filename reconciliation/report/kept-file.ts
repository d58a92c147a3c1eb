/** A file as it is kept: on the disk before it counts, for its owner alone, and known by its hash. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { FileFacts } from './provenance.ts';

/** @returns what it is, before it is compressed */
export async function keep(from: string, to: string): Promise<FileFacts> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = createWriteStream(to, { mode: 0o600, flush: true });
  const counted = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  };
  if (to.endsWith('.gz')) await pipeline(createReadStream(from), counted, createGzip(), file);
  else await pipeline(createReadStream(from), counted, file);
  return { sha256: hash.digest('hex'), bytes };
}
