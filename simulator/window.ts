/** Reads pieces of a file: a megabyte ahead while they follow each other, and else no more than is asked for. */
import { readSync } from 'node:fs';

const WINDOW_BYTES = 1 << 20;

export type ReadPiece = (offset: number, length: number) => Buffer;

/** What has been written must never change, only be added to. */
export function createWindow(descriptor: number): ReadPiece {
  let start = 0;
  let held: Buffer = Buffer.alloc(0);
  let expected = 0;

  function read(offset: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, length, offset));
  }

  return (offset, length) => {
    const isHeld = () => offset >= start && offset + length <= start + held.length;
    const isNear = offset >= expected && offset < expected + WINDOW_BYTES;
    expected = offset + length;
    if (!isHeld() && isNear && length <= WINDOW_BYTES) {
      start = offset;
      held = read(offset, WINDOW_BYTES);
    }
    return isHeld() ? held.subarray(offset - start, offset - start + length) : read(offset, length);
  };
}
