/** Whether business code is told what happens in this run, and by what name. */
import { patched, workflowInfo } from '@temporalio/workflow';
import { isAfterReset } from '../service-order/reset.ts';
import type { Moment } from '../../payscore/events/outbox.ts';
import type { Service } from '../../payscore/order/opening.ts';

/**
 * Fixed in what the run was opened with: a workflow cannot read configuration. A worker of a release without events may have
 * brought it so far; what happened by then is told as it stands now, or not at all.
 */
export function tellsBusiness({ events }: Service): boolean {
  return events !== undefined && patched('events');
}

/** By its run events are told apart: those of before a reset keep the ids that they had, those of after it get others. */
export function eventMoment(): Moment {
  const { runId, originalExecutionRunId } = workflowInfo();
  return { runId: isAfterReset() ? runId : originalExecutionRunId, at: new Date() };
}
