/** Refuses what is another merchant's, before anything is signed: a worker has the keys of one. */
import { activityInfo } from '@temporalio/activity';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { misconfigured } from '../activities/failure.ts';
import { merchantOf } from '../workflows/contract.ts';

export function ofMerchantOnly(mchid: string): ActivityInterceptorsFactory {
  return () => ({
    inbound: {
      async execute(input, next) {
        const other = merchantOf(activityInfo().workflowExecution?.workflowId ?? '');
        if (other === mchid) return await next(input);
        throw misconfigured(
          `not sent: this worker is merchant ${mchid}’s, and the order is merchant ${other ?? 'nobody'}’s; see which workers poll this task queue`,
        );
      },
    },
  });
}
