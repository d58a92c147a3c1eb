/** The file behind the journal: lines of `[kind, key, value]`, found again by their places. */
import { randomUUID } from 'node:crypto';
import { openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWindow, type ReadPiece } from './window.ts';

/** Key → the number of a line. */
type Places = Map<string, number>;

export interface SnapshotFile {
  readonly descriptor: number;
  placesOf(kind: string): Places;
  /** Writes lines, and returns the place of the first; the others follow it. */
  append(lines: readonly Buffer[]): number;
  lineAt(place: number): string;
  /** The same for who reads one after the other. */
  nextLineAt(place: number): string;
}

export function lineOf(kind: string, key: string, value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify([kind, key, value])}\n`);
}

/** Readable by nobody else, and gone with the process that opened it. */
export function openUnnamed(): SnapshotFile {
  const name = join(tmpdir(), `simulator-${randomUUID()}`);
  const descriptor = openSync(name, 'wx+', 0o600);
  unlinkSync(name);
  return snapshotFile(descriptor);
}

export function snapshotFile(descriptor: number): SnapshotFile {
  const kinds = new Map<string, Places>();
  const offsets: number[] = [];
  const readAhead = createWindow(descriptor);
  let end = 0;

  function textAt(place: number, read: ReadPiece): string {
    const from = offsets[place] ?? end;
    return read(from, (offsets[place + 1] ?? end) - from).toString();
  }

  return {
    descriptor,
    placesOf(kind) {
      const places = kinds.get(kind) ?? new Map<string, number>();
      kinds.set(kind, places);
      return places;
    },
    append(lines) {
      writeAll(descriptor, Buffer.concat(lines), end); // before it counts: a disk may be full
      const first = offsets.length;
      for (const line of lines) {
        offsets.push(end);
        end += line.length;
      }
      return first;
    },
    lineAt: (place) => textAt(place, (offset, length) => readExactly(descriptor, offset, length)),
    nextLineAt: (place) => textAt(place, readAhead),
  };
}

function readExactly(descriptor: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  readSync(descriptor, bytes, 0, length, offset);
  return bytes;
}

function writeAll(descriptor: number, bytes: Buffer, offset: number): void {
  let written = 0;
  while (written < bytes.length) {
    written += writeSync(descriptor, bytes, written, bytes.length - written, offset + written);
  }
}
