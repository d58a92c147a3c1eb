/**
 * How soon requests are taken: from when Temporal is asked until a worker has accepted, before anybody asks WeChat Pay. It tells
 * how much we have to do, however slow WeChat Pay is.
 */
import type { WorkflowClientInterceptor } from '@temporalio/client';
import type { Sample } from './gate.ts';
import { isAway, isTimeout } from '../../temporal/errors.ts';

/** What is taken: a start with its update, an update of an order that is there, a question to one. */
export type Taken = 'opening' | 'change' | 'read';

export interface Listener {
  /** How many such requests are under way. */
  underWay(what: Taken): number;
  note(what: Taken, sample: Sample): void;
}

export interface Taking {
  /** For Temporal's client. */
  readonly interceptor: WorkflowClientInterceptor;
  hear(listener: Listener): void;
  /** Nothing has been taken for a while, though something was there to be: Temporal is away, or no worker runs. */
  isStalled(): boolean;
}

/** Where too much is asked, something is taken all the time. */
const STALLED_MS = 2_000;
/** So long after the last failure the next request is given its own time. */
const FORGOTTEN_MS = 10_000;

export function createTaking(now: () => number = () => performance.now()): Taking {
  let listener: Listener | undefined;
  let waiting = 0;
  let untakenSince = Infinity;
  let failedAt = -Infinity;

  async function measured<T>(what: Taken, call: () => Promise<T>): Promise<T> {
    const beganAt = now();
    const amid = listener?.underWay(what) ?? 0;
    const isAfresh = waiting === 0 && beganAt - failedAt > FORGOTTEN_MS;
    untakenSince = isAfresh ? beganAt : Math.min(untakenSince, beganAt);
    waiting += 1;
    try {
      const result = await call();
      untakenSince = now();
      failedAt = -Infinity;
      listener?.note(what, { amid, ms: now() - beganAt, isTaken: true });
      return result;
    } catch (error) {
      if (isTimeout(error)) {
        failedAt = now();
        listener?.note(what, { amid, ms: now() - beganAt, isTaken: false });
      }
      if (isAway(error)) {
        failedAt = now();
        untakenSince = -Infinity;
      }
      throw error;
    } finally {
      waiting -= 1;
    }
  }

  return {
    interceptor: {
      startUpdateWithStart: (input, next) => measured('opening', () => next(input)),
      startUpdate: (input, next) => measured('change', () => next(input)),
      query: (input, next) => measured('read', () => next(input)),
    },
    hear: (added) => void (listener = added),
    isStalled() {
      const isAsked = waiting > 0 || now() - failedAt <= FORGOTTEN_MS;
      return isAsked && now() - untakenSince > STALLED_MS;
    },
  };
}
