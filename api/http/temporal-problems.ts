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
    throw isAway ? new Problem('unavailable', { detail: 'Temporal does not answer.' }) : problem;
  }
}
