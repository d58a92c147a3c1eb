/** How long a caller of the API waits for Temporal, and what it is told when Temporal does not answer. */
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { Problem } from '../problems.ts';
import { by, type Temporal } from '../../temporal/client.ts';
import {
  isExhausted,
  isOvertakenByEnd,
  isServiceError,
  isTimeout,
  isUnprepared,
} from '../../temporal/errors.ts';
import { RunSupersededError } from '../../temporal/earlier-run.ts';
import { notedOf } from '../../temporal/opening.ts';
import { lookUp } from '../../temporal/orders.ts';

/** A caller waits at most 8 s in all. */
const CALLER_MS = 7_500;
/** Kept back for finding out what became of a request that got no answer. */
const LOOK_MS = 1_500;
const PROBE_MS = 2_000;

/** One request of business code: when its own call must have answered, and when everything must. */
export interface Patience {
  readonly call: number;
  readonly all: number;
  /** `call` for Temporal's messages, RFC 3339. */
  readonly notAfter: string;
}

export function patience(): Patience {
  const all = Date.now() + CALLER_MS;
  const call = all - LOOK_MS;
  return { call, all, notAfter: new Date(call).toISOString() };
}

export interface Look {
  readonly out_order_no: string;
  readonly description: WorkflowExecutionDescription;
  /** Of the body that the order was opened with. */
  readonly digest: string | undefined;
}

/**
 * What Temporal itself knows of an order's run, without a worker; undefined when there is none.
 */
export async function look(
  temporal: Temporal,
  out_order_no: string,
  moment: number,
): Promise<Look | undefined> {
  try {
    const description = await by(temporal, moment, () => lookUp(temporal, out_order_no));
    if (!description) return undefined;
    return { out_order_no, description, digest: notedOf(description).digest };
  } catch (error) {
    throw problemOf(error);
  }
}

/** What only reads takes nothing, so that there is nothing to be repeated with care. @throws {Problem} `unavailable` */
export async function reading<T>(
  temporal: Temporal,
  moment: number,
  calls: () => Promise<T>,
): Promise<T> {
  try {
    return await by(temporal, moment, calls);
  } catch (error) {
    const problem = problemOf(error);
    const isAway = problem instanceof Problem && problem.kind === 'not-taken';
    throw isAway ? new Problem('unavailable', { detail: 'Temporal does not answer.' }) : problem;
  }
}

/** For errors that no order is to blame for. */
export function problemOf(error: unknown): unknown {
  if (isExhausted(error)) {
    return new Problem('busy', {
      detail: 'Temporal takes no more at this moment. Repeat the same request in a few seconds.',
    });
  }
  if (isUnprepared(error)) {
    return new Problem('unavailable', {
      detail: 'Temporal is not prepared for orders: run `migrate` for this namespace.',
    });
  }
  if (error instanceof RunSupersededError || isOvertakenByEnd(error)) {
    const detail =
      'The order’s run ended meanwhile, or another one began. Repeat the same request.';
    return new Problem('not-taken', { detail });
  }
  if (isTimeout(error) || isServiceError(error)) {
    return new Problem('not-taken', {
      detail:
        'Temporal does not answer, so this is not known to be taken. Repeat the same request.',
    });
  }
  return error;
}

/** Whether Temporal answers at all, and lets us in: what it tells of itself it tells everybody. */
export async function isTemporalThere(temporal: Temporal): Promise<boolean> {
  const { namespace } = temporal.client.options;
  try {
    await by(temporal, Date.now() + PROBE_MS, () =>
      temporal.client.workflowService.describeNamespace({ namespace }),
    );
    return true;
  } catch (error) {
    return isUnprepared(error);
  }
}
