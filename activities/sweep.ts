/** Has orders that have been in service for long ask WeChat how they stand: no callback tells of what was done elsewhere. */
import { activityInfo, heartbeat, sleep } from '@temporalio/activity';
import type { Service } from '../payscore/order/opening.ts';
import type { SweepResult } from '../schemas/one-shot.ts';
import { inServiceSince } from '../temporal/long-service.ts';
import { toldToRefresh } from '../temporal/orders.ts';
import type { WorkersTemporal } from '../temporal/client.ts';

export interface SweepParts extends WorkersTemporal {
  /** In service for so long is long; default a day. */
  readonly longMs?: number | undefined;
}

export type SweepActivities = ReturnType<typeof createSweepActivities>;

const LONG_MS = 24 * 3_600_000;
/** Each asks WeChat once: so many at a time, and a second between, are no burden for either side. */
const AT_ONCE = 20;
const PAUSE_MS = 1_000;

/** Where the sweep stands; a worker that goes on there asks a few orders again. */
interface Place extends SweepResult {
  /** Of Temporal's list, as base64. */
  readonly token: string;
}

export function createSweepActivities({ longMs = LONG_MS, ...workers }: SweepParts) {
  return {
    async sweepOrders({ mchid }: Pick<Service, 'mchid'>): Promise<SweepResult> {
      const temporal = { ...workers, mchid };
      const { scheduledTimestampMs, heartbeatDetails } = activityInfo();
      // Of the first attempt, so that the token of another still belongs to the same question.
      const before = new Date(scheduledTimestampMs - longMs);
      const place = heartbeatDetails as Place | undefined;
      let token: Uint8Array | undefined = place && Buffer.from(place.token, 'base64');
      let asked = place?.asked ?? 0;
      for (;;) {
        const page = await inServiceSince(temporal, before, { pageSize: AT_ONCE, token });
        const told = await Promise.all(
          page.out_order_nos.map((number) => toldToRefresh(temporal, number)),
        );
        asked += told.filter(Boolean).length;
        token = page.token;
        if (!token) return { asked };
        heartbeat({ asked, token: Buffer.from(token).toString('base64') } satisfies Place);
        // Rejects when the run is called off.
        await sleep(PAUSE_MS);
      }
    },
  };
}
