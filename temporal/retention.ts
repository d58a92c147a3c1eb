/** For how long Temporal keeps finished orders: older days cannot be reconciled any more. */
import type { ConnectionLike } from '@temporalio/client';
import { tsToMs } from './sdk-internals.ts';

export async function retentionMs(
  { workflowService }: Pick<ConnectionLike, 'workflowService'>,
  namespace: string,
): Promise<number> {
  const { config } = await workflowService.describeNamespace({ namespace });
  const ttl = config?.workflowExecutionRetentionTtl;
  return ttl ? tsToMs(ttl) : 0;
}
