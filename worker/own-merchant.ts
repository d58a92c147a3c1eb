/** Refuses what is another merchant's, before anything is signed: a worker has the keys of one. */
import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import type { FailureType } from '../payscore/failure.ts';
import { merchantOf } from '../workflows/contract.ts';

export function ofMerchantOnly(mchid: string): ActivityInterceptorsFactory {
  return () => ({
    inbound: {
      async execute(input, next) {
        const other = merchantOf(activityInfo().workflowExecution?.workflowId ?? '');
        if (other === mchid) return await next(input);
        throw ApplicationFailure.create({
          type: 'Misconfigured' satisfies FailureType,
          message: `not sent: this worker is merchant ${mchid}’s, and the order is merchant ${other ?? 'nobody'}’s; see which workers poll this task queue`,
        });
      },
    },
  });
}
