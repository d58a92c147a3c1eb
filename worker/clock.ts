/** Temporal's clock as this worker knows it: what is too late by it is too late, whatever the machine's clock says. */
import { performance } from 'node:perf_hooks';
import type { InjectedSinks } from '@temporalio/worker';
import type { Clock } from '../activities/service-order.ts';
import type { ClockSinks } from '../workflows/contract.ts';

/** What Temporal says comes late, never early. A look counts where it is less late than what clocks drift apart, at most. */
const DRIFT = 0.01;
/** Further apart, somebody should know. */
const NOTABLE_MS = 5_000;

export interface WorkerClock extends Clock {
  readonly sinks: InjectedSinks<ClockSinks>;
}

/** The machine's clocks, in ms. */
export interface MachineClocks {
  /** Since the epoch; somebody may set it. */
  now(): number;
  /** Since any moment; nobody can set it, but it may rest while the machine sleeps. */
  elapsed(): number;
}

const MACHINE: MachineClocks = { now: () => Date.now(), elapsed: () => performance.now() };

/** @param onDifference hears once of each time that the clocks are found apart */
export function createClock(
  onDifference: (clocks: { readonly worker: string; readonly temporal: string }) => void = () => {},
  machine = MACHINE,
): WorkerClock {
  let look: { temporal: number; now: number; elapsed: number } | undefined;
  let isNoted = false;

  const temporalNow = () => look && look.temporal + machine.elapsed() - look.elapsed;

  /** A clock that was set meanwhile counts where it saw more time pass: the other one may have slept. */
  const latest = () =>
    Math.max(temporalNow() ?? 0, machine.now() - (look ? look.now - look.temporal : 0));

  function measured(temporal: number): void {
    const elapsed = machine.elapsed();
    if (look && temporal < look.temporal + (elapsed - look.elapsed) * (1 - DRIFT)) return;
    look = { temporal, now: machine.now(), elapsed };
    const apart = difference();
    if (apart && !isNoted) onDifference(apart);
    isNoted = apart !== undefined;
  }

  function difference() {
    const now = machine.now();
    const temporal = temporalNow() ?? now;
    if (Math.abs(now - temporal) <= NOTABLE_MS) return undefined;
    return { worker: new Date(now).toISOString(), temporal: new Date(temporal).toISOString() };
  }

  return {
    now: () => new Date(latest()),
    difference() {
      const apart = difference();
      return apart ? ` (its clock says ${apart.worker}, Temporal’s ${apart.temporal})` : '';
    },
    sinks: {
      clock: {
        measured: { fn: (_info, temporalMs) => measured(temporalMs), callDuringReplay: false },
      },
    },
  };
}
