/** The file behind the journal: lines of `[kind, key, value]`, found again by their places. */
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  openSync,
  readSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLines } from './lines.ts';

/** Key → the number of a line. */
type Places = Map<string, number>;

export interface SnapshotFile {
  readonly descriptor: number;
  placesOf(kind: string): Places;
  /** Writes a line, and returns its place. */
  append(line: Buffer): number;
  lineAt(place: number): string;
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

/** Into a new file that takes the old one's place at once: a kill leaves one of them whole. */
export function openCompacted(name: string): SnapshotFile {
  const compacted = snapshotFile(openSync(`${name}.new`, 'w+', 0o600));
  if (existsSync(name)) {
    const before = openSync(name, 'r');
    copyLast(before, name, compacted);
    closeSync(before);
  }
  renameSync(`${name}.new`, name);
  return compacted;
}

/** The values are copied as bytes: to read a thousand megabytes of JSON would take minutes. */
function copyLast(before: number, name: string, compacted: SnapshotFile): void {
  const last = new Map<string, number>();
  const lines: { kind: string; key: string; offset: number; length: number }[] = [];
  for (const { line, offset, number } of readLines(before)) {
    const { kind, key } = readHead(line, `${name}:${number}`);
    const id = JSON.stringify([kind, key]);
    const place = last.get(id) ?? lines.length;
    last.set(id, place);
    lines[place] = { kind, key, offset, length: line.length + 1 };
  }
  for (const { kind, key, offset, length } of lines) {
    const line = Buffer.alloc(length);
    readSync(before, line, 0, length, offset);
    compacted.placesOf(kind).set(key, compacted.append(line));
  }
}

function readHead(line: Buffer, place: string): { kind: string; key: string } {
  const kindEnd = endOfString(line, 1);
  const keyEnd = endOfString(line, kindEnd + 1);
  try {
    if (line.at(-1) !== 0x5d || line[keyEnd] !== 0x2c) throw new SyntaxError('cut');
    const [kind, key] = JSON.parse(`${line.toString('utf8', 0, keyEnd)}]`);
    return { kind, key };
  } catch {
    throw new Error(`${place} is not JSON: the journal was damaged by something else than a kill`);
  }
}

/** The place after the string that begins here: behind the first quote that no backslash escapes. */
function endOfString(line: Buffer, start: number): number {
  let end = start + 1;
  while (end < line.length && line[end] !== 0x22) end += line[end] === 0x5c ? 2 : 1;
  return end + 1;
}

function snapshotFile(descriptor: number): SnapshotFile {
  const kinds = new Map<string, Places>();
  const offsets: number[] = [];
  let end = 0;

  return {
    descriptor,
    placesOf(kind) {
      const places = kinds.get(kind) ?? new Map<string, number>();
      kinds.set(kind, places);
      return places;
    },
    append(line) {
      offsets.push(end);
      for (let written = 0; written < line.length;) {
        written += writeSync(descriptor, line, written, line.length - written, end + written);
      }
      end += line.length;
      return offsets.length - 1;
    },
    lineAt(place) {
      const from = offsets[place] ?? end;
      const line = Buffer.alloc((offsets[place + 1] ?? end) - from);
      readSync(descriptor, line, 0, line.length, from);
      return line.toString();
    },
  };
}
