/** Orders that have been in service for long. */
import type { Temporal } from './client.ts';
import { ofMerchant, runsIn, shownBy } from './runs.ts';
import type { Phase } from '../payscore/rules/phase.ts';
import { SEARCH_ATTRIBUTES } from '../workflows/contract.ts';

const IN_SERVICE: Phase = 'in_service';

export interface InServicePage {
  readonly out_order_nos: readonly string[];
  /** Undefined at the end. */
  readonly token: Uint8Array | undefined;
}

/** Of those whose run began before this moment. */
export async function inServiceSince(
  temporal: Temporal,
  before: Date,
  { pageSize, token }: { readonly pageSize: number; readonly token: Uint8Array | undefined },
): Promise<InServicePage> {
  const page = await runsIn(temporal, {
    conditions: [
      ofMerchant(temporal),
      `${SEARCH_ATTRIBUTES.phase.name} = '${IN_SERVICE}'`,
      `ExecutionStatus = 'Running'`,
      `StartTime < '${before.toISOString()}'`,
    ],
    ...{ pageSize, token },
  });
  return {
    out_order_nos: page.runs.map((run) => shownBy(temporal, run).out_order_no),
    token: page.token,
  };
}
