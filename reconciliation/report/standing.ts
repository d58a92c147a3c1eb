/** Where a finding stands now: a report never changes, and what came after it is kept beside it. */
import { openDuesOf } from '../ledger/open-dues.ts';
import type { Dated } from '../ledger/entry.ts';
import type { Acknowledgement } from './acknowledgements.ts';
import type { Finding } from './finding.ts';
import type { ReportStore } from './store.ts';

/**
 * - `healed`: set right when the report was made
 * - `settled`: since, by the refund that was due
 * - `acknowledged`: somebody has answered for it
 */
export type Standing = 'open' | 'healed' | 'settled' | 'acknowledged';

export interface Standings {
  of(finding: Finding): Standing;
  acknowledgementOf(finding: Finding): Acknowledgement | undefined;
  readonly acknowledgements: readonly Acknowledgement[];
}

export async function standingsOn(store: ReportStore, bill_date: string): Promise<Standings> {
  const acknowledgements = await store.acknowledgements(bill_date);
  const first = new Map(acknowledgements.toReversed().map((it) => [it.finding_id, it]));
  const settled = await settledOn(store, bill_date);
  return {
    acknowledgements,
    acknowledgementOf: ({ id = '' }) => first.get(id),
    of({ id = '', healed }) {
      if (healed) return 'healed';
      if (settled.has(id)) return 'settled';
      return first.has(id) ? 'acknowledged' : 'open';
    },
  };
}

export type StandingCounts = Readonly<Record<Standing, number>>;

export async function countStandings(
  store: ReportStore,
  bill_date: string,
): Promise<{ readonly standings: Standings; readonly counts: StandingCounts }> {
  const standings = await standingsOn(store, bill_date);
  const counts = { open: 0, healed: 0, settled: 0, acknowledged: 0 };
  for await (const finding of store.findings(bill_date)) counts[standings.of(finding)] += 1;
  return { standings, counts };
}

/** Findings of the day whose money has gone back since. */
async function settledOn(store: ReportStore, bill_date: string): Promise<ReadonlySet<string>> {
  const dues: Dated[] = [];
  const orders = new Set<string>();
  for await (const dated of store.ledger.entriesOf(bill_date)) {
    if (dated.entry.code !== 'due') continue;
    dues.push(dated);
    orders.add(dated.entry.out_order_no);
  }
  if (dues.length === 0) return new Set();
  const refunds: Dated[] = [];
  for await (const dated of store.ledger.entries()) {
    const { entry } = dated;
    if (
      entry.code === 'refund_ended' ||
      (entry.code === 'refund' && orders.has(entry.out_order_no))
    ) {
      refunds.push(dated);
    }
  }
  const open = new Set(openDuesOf([...dues, ...refunds]).map(({ finding_id }) => finding_id));
  return new Set(
    dues.flatMap(({ entry }) =>
      entry.code === 'due' && !open.has(entry.finding_id) ? [entry.finding_id] : [],
    ),
  );
}
