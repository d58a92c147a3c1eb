/** Reads what an ended run of an order knew, for the run that goes on after a reset. */
import type { EarlierRun, Service } from '../payscore/order/opening.ts';
import { runOf, type WorkersTemporal } from '../temporal/client.ts';
import { pictureOf } from '../temporal/earlier-run.ts';

export function createEarlierRunActivities(workers: WorkersTemporal) {
  return {
    async readEarlierRun(
      { mchid }: Pick<Service, 'mchid'>,
      out_order_no: string,
      runId: string,
    ): Promise<EarlierRun> {
      const temporal = { ...workers, mchid };
      return await pictureOf(temporal, await runOf(temporal, out_order_no, runId).describe());
    },
  };
}
