/** Reads what an ended run of an order knew, for the run that goes on after a reset. */
import type { Client } from '@temporalio/client';
import type { EarlierRun, Service } from '../payscore/order/opening.ts';
import { runOf } from '../temporal/client.ts';
import { pictureOf } from '../temporal/earlier-run.ts';

export interface EarlierRunParts {
  readonly client: Client;
  readonly taskQueue: string;
}

export function createEarlierRunActivities({ client, taskQueue }: EarlierRunParts) {
  return {
    async readEarlierRun(
      { mchid }: Pick<Service, 'mchid'>,
      out_order_no: string,
      runId: string,
    ): Promise<EarlierRun> {
      const temporal = { client, taskQueue, mchid };
      return await pictureOf(temporal, await runOf(temporal, out_order_no, runId).describe());
    },
  };
}
