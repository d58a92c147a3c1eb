/** Opens a journal's file and leaves only the last line of every key in it. */
import { closeSync, existsSync, openSync, renameSync } from 'node:fs';
import { readLines } from './lines.ts';
import { snapshotFile, type SnapshotFile } from './snapshot-file.ts';
import { createWindow } from './window.ts';

const LINES_AT_A_TIME = 500;

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
  const lines = lastLines(before, name);
  const read = createWindow(before);
  let batch: Snapshot[] = [];
  const flush = () => {
    const first = compacted.append(batch.map(({ offset, length }) => read(offset, length)));
    batch.forEach(({ kind, key }, i) => compacted.placesOf(kind).set(key, first + i));
    batch = [];
  };
  for (const line of lines) {
    if (batch.push(line) >= LINES_AT_A_TIME) flush();
  }
  flush();
}

interface Snapshot {
  readonly kind: string;
  readonly key: string;
  readonly offset: number;
  /** With its line feed. */
  readonly length: number;
}

/** The last line of every key, in the order of the first ones. */
function lastLines(descriptor: number, name: string): Iterable<Snapshot> {
  const kinds = new Map<string, Map<string, number>>();
  const snapshots: Snapshot[] = [];
  for (const { line, offset, number } of readLines(descriptor)) {
    const { kind, key } = readHead(line, `${name}:${number}`);
    const places = kinds.get(kind) ?? new Map<string, number>();
    kinds.set(kind, places);
    const place = places.get(key) ?? snapshots.length;
    places.set(key, place);
    snapshots[place] = { kind, key, offset, length: line.length + 1 };
  }
  return snapshots;
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
