/** What must survive a restart: an append-only file of snapshots, of which the last one per key counts. */
import { closeSync, existsSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

/** Values of one kind by key; every `put` is in the file before it returns. */
export interface Collection<T> {
  get(key: string): T | undefined;
  put(key: string, value: T): void;
  values(): T[];
}

export interface Journal {
  collection<T>(kind: string): Collection<T>;
  close(): void;
}

/** A value as it was written, by `put` below: each collection knows its own. */
type Written = ReturnType<typeof JSON.parse>;
type Kinds = Map<string, Map<string, Written>>;

/** Opens the journal in a file, compacting it; without a file everything stays in memory. */
export function openJournal(file: string | undefined): Journal {
  const kinds: Kinds = file === undefined ? new Map() : readKinds(file);
  const descriptor = file === undefined ? undefined : compact(file, kinds);

  return {
    collection<T>(kind: string): Collection<T> {
      const values: Map<string, T> = valuesOf(kinds, kind);
      return {
        get: (key) => values.get(key),
        put(key, value) {
          if (descriptor !== undefined) writeSync(descriptor, lineOf(kind, key, value));
          values.set(key, value);
        },
        values: () => [...values.values()],
      };
    },
    close() {
      if (descriptor !== undefined) closeSync(descriptor);
    },
  };
}

function valuesOf(kinds: Kinds, kind: string): Map<string, Written> {
  const values = kinds.get(kind) ?? new Map<string, Written>();
  kinds.set(kind, values);
  return values;
}

function lineOf(kind: string, key: string, value: unknown): string {
  return `${JSON.stringify([kind, key, value])}\n`;
}

function readKinds(file: string): Kinds {
  const kinds: Kinds = new Map();
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  lines.pop(); // what follows the last line feed is empty, or was cut by a kill before anybody was answered
  lines.forEach((line, index) => {
    const [kind, key, value] = readLine(line, `${file}:${index + 1}`);
    valuesOf(kinds, kind).set(key, value);
  });
  return kinds;
}

function readLine(line: string, place: string): [kind: string, key: string, value: Written] {
  try {
    return JSON.parse(line);
  } catch {
    throw new Error(`${place} is not JSON: the journal was damaged by something else than a kill`);
  }
}

/** Into a new file that takes the old one's place at once: a kill leaves one of them whole. */
function compact(file: string, kinds: Kinds): number {
  const descriptor = openSync(`${file}.new`, 'w', 0o600);
  for (const [kind, values] of kinds) {
    for (const [key, value] of values) writeSync(descriptor, lineOf(kind, key, value));
  }
  renameSync(`${file}.new`, file);
  return descriptor;
}
