/** By what name events of this run are told apart. */
import { workflowInfo } from '@temporalio/workflow';
import { isAfterReset } from '../service-order/reset.ts';
import type { Moment } from '../../payscore/events/outbox.ts';

/** Those of before a reset keep the ids that they had, those of after it get others. */
export function eventMoment(): Moment {
  const { runId, originalExecutionRunId } = workflowInfo();
  return { runId: isAfterReset() ? runId : originalExecutionRunId, at: new Date() };
}
