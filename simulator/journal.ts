/**
 * What must survive a restart: an append-only file of snapshots, of which the last one per key counts.
 * Memory holds where each of them lies, and the few used last: a hundred thousand orders would not fit otherwise.
 */
import { closeSync } from 'node:fs';
import type { Announce } from './announcer.ts';
import { openCompacted } from './compaction.ts';
import { lineOf, openUnnamed } from './snapshot-file.ts';

/** Values of one kind by key; every `put` is in the file before it returns. */
export interface Collection<T> {
  get(key: string): T | undefined;
  put(key: string, value: T): void;
  /** All at once: for what is few. */
  values(): T[];
  /** One after the other, so that many need not be held together. */
  each(): Iterable<T>;
}

export interface Journal {
  collection<T>(kind: string): Collection<T>;
  /** The keys of a kind that were put first last, the newest one first. */
  latestKeys(kind: string, count: number): string[];
  close(): void;
}

/** A value as it was written, by `put` below: each collection knows its own. */
type Written = ReturnType<typeof JSON.parse>;

const LATELY_USED = 300;

/** Opens the journal in a file, compacting it; without a name the file is one that ends with the process. */
export function openJournal(
  name: string | undefined,
  announce: Announce = () => undefined,
): Journal {
  const file = name === undefined ? openUnnamed() : openCompacted(name);
  const kinds = new Map<string, Map<string, Written>>();

  return {
    collection<T>(kind: string): Collection<T> {
      const places = file.placesOf(kind);
      const lately: Map<string, T> = kinds.get(kind) ?? new Map<string, T>();
      kinds.set(kind, lately);

      function remember(key: string, value: T): T {
        lately.delete(key);
        lately.set(key, value);
        const [oldest] = lately.keys();
        if (lately.size > LATELY_USED && oldest !== undefined) lately.delete(oldest);
        return value;
      }

      function* each(): Iterable<T> {
        for (const [key, place] of places) yield lately.get(key) ?? valueOf(file.nextLineAt(place));
      }

      return {
        get(key) {
          const place = places.get(key);
          if (place === undefined) return undefined;
          return remember(key, lately.get(key) ?? valueOf(file.lineAt(place)));
        },
        put(key, value) {
          places.set(key, file.append([lineOf(kind, key, value)]));
          remember(key, value);
          announce({ kind, key });
        },
        values: () => [...each()],
        each,
      };
    },
    latestKeys(kind, count) {
      const places = file.placesOf(kind);
      let before = places.size - count;
      const latest: string[] = [];
      for (const key of places.keys()) if (--before < 0) latest.push(key);
      return latest.toReversed();
    },
    close: () => closeSync(file.descriptor),
  };
}

function valueOf(line: string): Written {
  const [, , value] = JSON.parse(line);
  return value;
}
