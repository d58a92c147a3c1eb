/** What the schedule starts every morning: each part goes on by itself, so that none delays another. */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild, workflowInfo } from '@temporalio/workflow';
import {
  RECONCILIATION,
  reconciliationWorkflowIdOf,
  SWEEP,
  type DailyWorkflow,
  type ReconciliationWorkflow,
  type SweepWorkflow,
} from '../contract.ts';
import { billDateOf, dayBefore } from '../../payscore/times/bill-date.ts';
import { words } from '../words.ts';

/** A day that could not be reconciled is tried again so often. */
const DAYS = 7;

export const daily: DailyWorkflow = async (service, ...others) => {
  const days = daysBefore(billDateOf(scheduledTime()));
  const [, ...areStarted] = await Promise.all([sweepStarted(), ...days.map(isStarted)]);
  return { started: days.filter((_day, index) => areStarted[index]) };

  async function sweepStarted(): Promise<void> {
    await startChild<SweepWorkflow>(SWEEP, {
      workflowId: `${SWEEP}/${service.mchid}/${workflowInfo().runId}`,
      args: [service],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: words.summaries.sweep,
    });
  }

  async function isStarted(day: string): Promise<boolean> {
    try {
      await startChild<ReconciliationWorkflow>(RECONCILIATION, {
        workflowId: reconciliationWorkflowIdOf(service.mchid, day),
        args: [
          {
            ...{ service, bill_date: day, requested_by: { code: 'schedule' } },
            ...(others.length > 0 && { others }),
          },
        ],
        parentClosePolicy: ParentClosePolicy.ABANDON,
        // One that has its report stays as it is, one that failed is tried again.
        workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
        staticSummary: words.summaries.day(day),
      });
      return true;
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
      throw error;
    }
  }
};

function daysBefore(today: string): string[] {
  const days: string[] = [];
  for (let day = dayBefore(today); days.length < DAYS; day = dayBefore(day)) days.push(day);
  return days;
}

/** Of the schedule, which may catch up late. */
function scheduledTime(): Date {
  const { searchAttributes, startTime } = workflowInfo();
  const [scheduled] = searchAttributes['TemporalScheduledStartTime'] ?? [];
  return scheduled instanceof Date ? scheduled : startTime;
}
