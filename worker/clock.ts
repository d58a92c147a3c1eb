/** This worker's clock beside Temporal's: what is too late by Temporal's is too late, whatever this one says. */
import type { InjectedSinks } from '@temporalio/worker';
import type { Clock } from '../activities/service-order.ts';
import type { ClockSinks } from '../workflows/contract.ts';

/**
 * The way between the clocks only ever adds to their difference, and a worker that was stopped in the middle of a look adds
 * much: so of this many looks a low one counts, but not the lowest two, at which this clock may just have been set.
 */
const SAMPLES = 31;
const COUNTS = 2;
/** Further apart, somebody should know. */
const NOTABLE_MS = 5_000;

export interface WorkerClock extends Clock {
  readonly sinks: InjectedSinks<ClockSinks>;
}

/** @param onDifference hears once of each time that the clocks are found apart */
export function createClock(
  onDifference: (clocks: { readonly worker: string; readonly temporal: string }) => void = () => {},
  systemNow: () => number = Date.now,
): WorkerClock {
  let samples: number[] = [];
  let isNoted = false;

  function offsetMs(): number {
    return samples.toSorted((a, b) => a - b)[COUNTS] ?? 0;
  }

  function measured(temporalMs: number): void {
    samples = [...samples.slice(1 - SAMPLES), systemNow() - temporalMs];
    const isApart = Math.abs(offsetMs()) > NOTABLE_MS;
    if (isApart && !isNoted) onDifference(both());
    isNoted = isApart;
  }

  function both() {
    const now = systemNow();
    return {
      worker: new Date(now).toISOString(),
      temporal: new Date(now - offsetMs()).toISOString(),
    };
  }

  return {
    now: () => new Date(systemNow() - offsetMs()),
    difference() {
      if (Math.abs(offsetMs()) <= NOTABLE_MS) return '';
      const { worker, temporal } = both();
      return ` (its clock says ${worker}, Temporal’s ${temporal})`;
    },
    sinks: {
      clock: {
        measured: { fn: (_info, temporalMs) => measured(temporalMs), callDuringReplay: false },
      },
    },
  };
}
