/** Temporal's clock, as this worker knows it: what is too late by it is not sent, whatever the machine's clock says. */
import type { InjectedSinks } from '@temporalio/worker';
import type { Clock } from '../activities/sending.ts';
import type { ClockSinks } from '../workflows/contract.ts';

/** Further apart, somebody should know. */
const NOTABLE_MS = 5_000;

export interface WorkerClock extends Clock {
  readonly sinks: InjectedSinks<ClockSinks>;
}

/**
 * Every attempt begins with a look, and the last look counts. That may be late, in a worker that was stopped: then more is
 * sent than should be, stamped so that WeChat Pay refuses what nobody reckons with any more.
 *
 * @param onDifference is told once of each time that the clocks are found apart
 * @param onMeasured is told of each look, in ms
 */
export function createClock(
  onDifference: (clocks: { readonly worker: string; readonly temporal: string }) => void = () => {},
  systemNow: () => number = Date.now,
  onMeasured: (aheadMs: number) => void = () => {},
): WorkerClock {
  let aheadMs = 0;
  let isNoted = false;

  function measured(temporalMs: number): void {
    aheadMs = systemNow() - temporalMs;
    onMeasured(aheadMs);
    const isApart = Math.abs(aheadMs) > NOTABLE_MS;
    if (isApart && !isNoted) onDifference(both());
    isNoted = isApart;
  }

  function both() {
    const now = systemNow();
    return {
      worker: new Date(now).toISOString(),
      temporal: new Date(now - aheadMs).toISOString(),
    };
  }

  return {
    now: () => new Date(systemNow() - aheadMs),
    difference() {
      if (Math.abs(aheadMs) <= NOTABLE_MS) return '';
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
