/** A finding that somebody answers for: by name, with a reason, for ever beside the report. */
import { Problem } from '../http/problems.ts';
import { rfc3339Of } from '../../payscore/times/beijing-time.ts';
import type { Finding } from '../../reconciliation/report/finding.ts';
import { standingsOn } from '../../reconciliation/report/standing.ts';
import type { ReportStore } from '../../reconciliation/report/store.ts';
import type { AcknowledgeFinding } from '../../schemas/acknowledge-finding.ts';

export interface Acknowledging extends AcknowledgeFinding {
  readonly bill_date: string;
  readonly finding_id: string;
  /** The name of the API key; undefined where none is needed. */
  readonly by: string | undefined;
}

/** @throws {Problem} `no-such-finding`, `nothing-to-acknowledge` */
export async function acknowledge(
  reports: ReportStore,
  { bill_date, finding_id, name, reason, by }: Acknowledging,
) {
  const finding = await findingIn(reports, bill_date, finding_id);
  const { of } = await standingsOn(reports, bill_date);
  const standing = of(finding);
  if (standing === 'healed' || standing === 'settled') {
    throw new Problem('nothing-to-acknowledge', {
      detail: ({ problems }) => problems.reconciliations.needsNobody(standing),
    });
  }
  const at = rfc3339Of(new Date());
  const it = { finding_id, name, reason, at, ...(by !== undefined && { by }) };
  await reports.acknowledge(bill_date, it);
  const { acknowledgements } = await standingsOn(reports, bill_date);
  return {
    ...{ bill_date, finding, standing: 'acknowledged' as const },
    acknowledgements: acknowledgements.filter((one) => one.finding_id === finding_id),
  };
}

async function findingIn(
  reports: ReportStore,
  bill_date: string,
  finding_id: string,
): Promise<Finding> {
  for await (const finding of reports.findings(bill_date)) {
    if (finding.id === finding_id) return finding;
  }
  throw new Problem('no-such-finding', {
    detail: ({ problems }) => problems.reconciliations.noSuchFinding(bill_date),
  });
}
