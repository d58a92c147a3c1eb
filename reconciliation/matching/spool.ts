/** Values set aside in a file of their own: a day may have more of them than memory. */
import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';

export interface Spool<T> extends TextSpool {
  /** @returns a promise only where the disk is behind */
  add(value: T): Promise<void> | undefined;
}

export interface TextSpool {
  readonly path: string;
  /** @returns a promise only where the disk is behind */
  write(text: string): Promise<void> | undefined;
  /** @throws what the disk said, such as ENOSPC */
  close(): Promise<void>;
  /** Whatever has become of it. */
  discard(): void;
}

/** So many characters are written at once. */
const LOT = 64 * 1024;

export function createSpool<T>(path: string): Spool<T> {
  const spool = createTextSpool(path);
  return { ...spool, add: (value) => spool.write(`${JSON.stringify(value)}\n`) };
}

export function createTextSpool(path: string): TextSpool {
  const file = createWriteStream(path, { mode: 0o600 });
  let failure: Error | undefined;
  file.once('error', (error) => {
    failure = error;
  });

  let lot = '';

  return {
    path,
    write(text) {
      if (failure) throw failure;
      lot += text;
      if (lot.length < LOT) return undefined;
      const isTaken = file.write(lot);
      lot = '';
      return isTaken ? undefined : drained();
    },
    async close() {
      if (failure) throw failure;
      file.end(lot);
      await finished(file);
    },
    discard: () => void file.destroy(),
  };

  async function drained(): Promise<void> {
    // An error instead of the drain is thrown here.
    await once(file, 'drain');
  }
}

/** What a spool that was closed holds, in its order. */
export async function* valuesIn<T>(path: string): AsyncIterable<T> {
  for await (const batch of batchesIn<T>(path, 1_000)) yield* batch;
}

/** The same, so many at a time: a promise for each value would cost more than reading it. */
export async function* batchesIn<T>(path: string, size: number): AsyncIterable<T[]> {
  const input = createReadStream(path, 'utf8');
  try {
    let rest = '';
    let batch: T[] = [];
    for await (const chunk of input as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        batch.push(JSON.parse(line) as T);
        if (batch.length < size) continue;
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  } finally {
    // Whoever stops in the middle leaves no open file behind.
    input.destroy();
  }
}
