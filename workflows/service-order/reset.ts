/** "Reset" in the web UI: Temporal runs the order again from an earlier point, which knows nothing of what was sent since. */
import { patched, workflowInfo } from '@temporalio/workflow';

/** For messages: those of before are not checked a second time. */
export function isReset(): boolean {
  const { runId, originalExecutionRunId } = workflowInfo();
  return runId !== originalExecutionRunId;
}

/** Whether this is done after the reset, not only replayed up to its point: the mark in the history tells them apart. */
export function isAfterReset(): boolean {
  return isReset() && patched('after-reset');
}
