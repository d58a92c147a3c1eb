/** Asks the worker what only it can do, in a short run of its own, and turns what comes of it into an answer. */
import { randomUUID } from 'node:crypto';
import type { Duration } from '@temporalio/common';
import { deadlines, type Deadlines } from './http/deadline.ts';
import { problemOf } from './http/temporal-problems.ts';
import { withDeadline, type Temporal } from '../temporal/client.ts';
import { isServiceError, runFailureOf } from '../temporal/errors.ts';
import { Problem } from './http/problems.ts';
import { failureTypeOf } from '../payscore/refusals/failure-type.ts';
import type { Refusal } from '../payscore/refusals/refusal.ts';
import { oneShotWorkflowIdOf, type OneShots, type OneShotTopic } from '../workflows/contract.ts';

interface OneShot {
  readonly about: OneShotTopic;
  readonly workflowExecutionTimeout: Duration;
}

/** A little more than anybody waits. */
const WHILE_ASKED = '10s';

const ONE_SHOTS: Readonly<Record<keyof OneShots, OneShot>> = {
  authorization: {
    about: 'authorization',
    workflowExecutionTimeout: WHILE_ASKED,
  },
  authorizationPreparation: {
    about: 'authorization',
    workflowExecutionTimeout: WHILE_ASKED,
  },
  /** Long enough to outlast an attempt that arrives late. Later than this, the user may have authorised anew. */
  authorizationTermination: {
    about: 'authorization',
    workflowExecutionTimeout: '15m',
  },
  detailLink: {
    about: 'detail-link',
    workflowExecutionTimeout: WHILE_ASKED,
  },
};

type Asked<Name extends keyof OneShots> = Parameters<OneShots[Name]>[0];
type Answer<Name extends keyof OneShots> = Awaited<ReturnType<OneShots[Name]>>;

/** @throws {Problem} `refused-by-wechat-pay`, `not-taken`, `unavailable` */
export async function runOneShot<Name extends keyof OneShots>(
  temporal: Temporal,
  name: Name,
  asked: Asked<Name>,
  until = deadlines(temporal),
): Promise<Answer<Name>> {
  const answer = await tryOneShot(temporal, name, asked, until);
  if (answer !== undefined) return answer;
  throw new Problem('unavailable', { detail: ({ problems }) => problems.service.nobodyAnswered });
}

/**
 * The same where the run goes on without whoever asked.
 *
 * @returns undefined when the run is Temporal's, but has not come to its end in time
 * @throws {Problem} `refused-by-wechat-pay`, `not-taken`, `unavailable`
 */
export async function tryOneShot<Name extends keyof OneShots>(
  temporal: Temporal,
  name: Name,
  asked: Asked<Name>,
  { call, all }: Deadlines = deadlines(temporal),
): Promise<Answer<Name> | undefined> {
  const { client, mchid, taskQueue, words } = temporal;
  const { about, ...manner } = ONE_SHOTS[name];
  const run = await withDeadline(temporal, call, () =>
    client.workflow.start(name, {
      ...manner,
      staticSummary: words.summaries[name],
      workflowId: oneShotWorkflowIdOf(about, mchid, randomUUID()),
      taskQueue,
      args: [asked],
    }),
  ).catch((error: unknown) => {
    throw problemOf(error);
  });
  try {
    return (await withDeadline(temporal, all, () => run.result())) as Answer<Name>;
  } catch (error) {
    if (isServiceError(error)) return undefined;
    throw problemOfRun(error);
  }
}

/** Why a run came to no answer. */
function problemOfRun(error: unknown): unknown {
  const failure = runFailureOf(error);
  if (!failure) return error;
  const { message } = failure;
  const refusal = failure.detail as Refusal | undefined;
  // A run that was ended, or lived too long, fails without a type.
  switch (failure.type === undefined ? undefined : failureTypeOf(failure.type)) {
    case 'Refused':
    case 'NotFound':
      return new Problem('refused-by-wechat-pay', {
        detail: ({ problems }) => problems.service.unchanged,
        ...(refusal && { refusal }),
      });
    case 'Misconfigured':
      return new Problem('unavailable', {
        detail: ({ problems }) => problems.service.notAccepted(message),
        ...(refusal && { refusal }),
      });
    case 'Throttled':
    case 'NotSent':
    case 'Unaccepted':
    case 'Unknown':
      return new Problem('unavailable', {
        detail: ({ problems }) => problems.service.failed(message),
      });
    case undefined:
      return new Problem('unavailable', {
        detail: ({ problems }) => problems.service.noAnswerInTime,
      });
  }
}
