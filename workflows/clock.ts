/** Tells the worker what Temporal's clock says: by it, and not by its own, an attempt comes too late. */
import { proxySinks, type Sinks } from '@temporalio/workflow';

export interface ClockSinks extends Sinks {
  readonly clock: {
    /** @param temporalMs now, by Temporal, in ms since the epoch */
    measured(temporalMs: number): void;
  };
}

export const { clock } = proxySinks<ClockSinks>();
