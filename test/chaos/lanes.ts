/** Whether what business code is to be told of by itself is on its way still: in the order, in its refunds, or in a lane. */
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { TEST_CONVERTER } from '../support/codec.ts';
import type { World } from './world.ts';

export type Lanes = Awaited<ReturnType<typeof watchLanes>>;

/** Until it is handed over by the run that tells it. */
const HANDING_OVER = 'publishEvents';

export async function watchLanes({ temporalAddress, merchant: { mchid } }: World) {
  const connection = await Connection.connect({ address: temporalAddress });
  const client = new Client({ connection, dataConverter: TEST_CONVERTER });

  async function described(workflowId: string) {
    try {
      return await client.workflow.getHandle(workflowId).describe();
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  }

  async function isOver(teller: string, lane: string): Promise<boolean> {
    const { raw } = (await described(teller)) ?? {};
    if (raw?.pendingActivities?.some((it) => it.activityType?.name === HANDING_OVER)) return false;
    const run = await described(`events/${mchid}/${lane}`);
    return run?.status.name !== 'RUNNING';
  }

  return {
    /** Nothing of the order is on its way. */
    isOrderTold: (out_order_no: string) =>
      isOver(`service-order/${mchid}/${out_order_no}`, out_order_no),
    /** Nothing of what was paid back. */
    areRefundsTold: (transaction_id: string) =>
      isOver(`refunds/${mchid}/${transaction_id}`, `refunds:${transaction_id}`),
    end: () => connection.close(),
  };
}
