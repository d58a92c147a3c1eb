/** Who is let in: more than can be served is told at once to come again, before anything was done. */
import { createBacklog } from './backlog.ts';
import { createGate, Refused, type Gate } from './gate.ts';
import type { Bounds } from './limit.ts';
import type { Taken, Taking } from './taking.ts';
import { Problem } from '../http/problems.ts';
import type { Metrics } from '../../process/metrics.ts';
import type { Temporal } from '../../temporal/client.ts';

/**
 * Does what a request asks for, unless too many do.
 *
 * - `opening`: what begins a run, which questions of business code do as well
 * - `change`: what an order that is there is asked to do. It has a gate of its own, so that who has begun is let finish:
 *   were all equal, most of what is let in would be openings that are never completed
 * - `read`: what a worker is asked about an order
 *
 * What Temporal alone answers needs none: lists, reports, and `Prefer: respond-async`, which is taken also while no worker runs.
 *
 * @throws {Problem} `overloaded`, and `not-taken` where nothing is taken at all; nothing was done then
 */
export type Admit = <T>(what: Taken, work: () => Promise<T>) => Promise<T>;

export interface AdmissionParts {
  readonly temporal: Temporal;
  readonly taking: Taking;
  readonly metrics: Pick<Metrics, 'countRefused' | 'noteLimit'>;
  readonly bounds?: Partial<Bounds> | undefined;
}

/** By whose calls requests wait, by their keys in `workflows/activities.ts`: an opening's first is a question. */
const CALLS = { opening: 2, change: 1, read: 0 } as const satisfies Record<Taken, number>;

export function createAdmission({ temporal, taking, metrics, bounds }: AdmissionParts): Admit {
  const backlog = createBacklog(temporal);
  const gateOf = (what: Taken) =>
    createGate({
      bounds,
      backlogMs: () => backlog.ageMs(CALLS[what]),
      onLimit: (limit) => metrics.noteLimit(what, limit),
      onRefused: () => metrics.countRefused(what),
    });
  const gates: Readonly<Record<Taken, Gate>> = {
    opening: gateOf('opening'),
    change: gateOf('change'),
    read: gateOf('read'),
  };
  taking.hear({
    underWay: (what) => gates[what].state.underWay,
    note: (what, sample) => gates[what].note(sample),
  });

  return async (what, work) => {
    backlog.ask();
    try {
      return await gates[what].run(work);
    } catch (error) {
      if (error instanceof Refused) throw taking.isStalled() ? notTaken() : overloaded(error);
      throw error;
    }
  };
}

function overloaded({ retryAfterSeconds }: Refused): Problem {
  return new Problem('overloaded', {
    detail: ({ problems }) => problems.service.overloaded,
    retryAfterSeconds,
  });
}

/** To come again soon would help nobody; what is wrong is not that too much is asked. */
function notTaken(): Problem {
  return new Problem('not-taken', { detail: ({ problems }) => problems.service.stalled });
}
