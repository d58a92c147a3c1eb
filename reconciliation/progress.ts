/** How far the reconciliation of a day is, for whoever watches it. */

export interface Progress {
  readonly step: 'fetching' | 'orders' | 'bill' | 'findings' | 'other bills';
  /** Ours that were paid on the day. */
  readonly orders: number;
  /** Of the bill. */
  readonly rows: number;
  readonly bytes: number;
}

export type Watch = (progress: Progress) => void;

/** Told a step, or that something has come on; not at every row. */
export function createProgress(watch: Watch) {
  const progress = { step: 'orders' as Progress['step'], orders: 0, rows: 0, bytes: 0 };
  const tell = () => watch({ ...progress });
  return {
    step(step: Progress['step']): void {
      progress.step = step;
      tell();
    },
    orders(count: number): void {
      progress.orders = count;
      tell();
    },
    read(rows: number, bytes: number): void {
      Object.assign(progress, { rows, bytes });
      tell();
    },
    unmatched: tell,
  };
}
