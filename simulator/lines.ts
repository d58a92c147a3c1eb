/** Reads a file line by line, however long it is. */
import { readSync } from 'node:fs';

const CHUNK_BYTES = 1 << 20;
const LINE_FEED = 0x0a;

export interface Line {
  /** Without its line feed. */
  readonly line: Buffer;
  readonly offset: number;
  /** From 1. */
  readonly number: number;
}

/** Whole lines only: what follows the last line feed is empty, or was cut by a kill before anybody was answered. */
export function* readLines(descriptor: number): Iterable<Line> {
  let kept = Buffer.alloc(0);
  let offset = 0;
  let number = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    const read = readSync(descriptor, chunk, 0, CHUNK_BYTES, offset + kept.length);
    if (read === 0) return;
    const bytes = Buffer.concat([kept, chunk.subarray(0, read)]);
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      number += 1;
      yield { line: bytes.subarray(start, end), offset: offset + start, number };
      start = end + 1;
    }
    kept = bytes.subarray(start);
    offset += start;
  }
}
