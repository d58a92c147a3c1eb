/** What a caller is told when Temporal does not answer as it should. */
import { Problem } from './problems.ts';
import { withDeadline, type Temporal } from '../../temporal/client.ts';
import { RunSupersededError } from '../../temporal/earlier-run.ts';
import {
  isExhausted,
  isOvertakenByEnd,
  isServiceError,
  isTimeout,
  isUnprepared,
} from '../../temporal/errors.ts';

/** For errors that no order is to blame for. */
export function problemOf(error: unknown): unknown {
  if (isExhausted(error)) {
    return new Problem('busy', { detail: ({ problems }) => problems.service.exhausted });
  }
  if (isUnprepared(error)) {
    return new Problem('unavailable', { detail: ({ problems }) => problems.service.unprepared });
  }
  if (error instanceof RunSupersededError || isOvertakenByEnd(error)) {
    return new Problem('not-taken', { detail: ({ problems }) => problems.service.runEnded });
  }
  if (isTimeout(error) || isServiceError(error)) {
    return new Problem('not-taken', { detail: ({ problems }) => problems.service.unanswered });
  }
  return error;
}

/** What only reads takes nothing, so that there is nothing to be repeated with care. @throws {Problem} `unavailable` */
export async function reading<T>(
  temporal: Temporal,
  deadline: number,
  calls: () => Promise<T>,
): Promise<T> {
  try {
    return await withDeadline(temporal, deadline, calls);
  } catch (error) {
    const problem = problemOf(error);
    const isAway = problem instanceof Problem && problem.kind === 'not-taken';
    if (!isAway) throw problem;
    throw new Problem('unavailable', { detail: ({ problems }) => problems.service.away });
  }
}
