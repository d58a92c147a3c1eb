/** Tells, within this process, that something has changed: what is kept, and what was answered. */

export interface Change {
  /** A kind of the journal (`order`, `notification`, …), or `call`, `phase`, `event`, `story`, which it does not keep. */
  readonly kind: string;
  readonly key: string;
}

export type Announce = (change: Change) => void;

export interface Announcer {
  readonly announce: Announce;
  /** The listener is called in the middle of what changes: it takes note, and looks later. Returns how to stop that. */
  subscribe(listener: Announce): () => void;
}

export function createAnnouncer(): Announcer {
  const listeners = new Set<Announce>();
  return {
    announce(change) {
      for (const listener of listeners) listener(change);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
