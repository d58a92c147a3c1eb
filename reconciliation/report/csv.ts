/** Findings as CSV, each with where it stands now. */
import type { Acknowledgement } from './acknowledgements.ts';
import { BYTE_ORDER_MARK, csvLine } from './csv-line.ts';
import type { Finding } from './finding.ts';

const COLUMNS = [
  'bill_date',
  'kind',
  'healed',
  'out_order_no',
  'transaction_id',
  'bill_amount',
  'order_amount',
  'time',
  'line',
  'column',
  'refund_id',
  'refund_status',
  'phase',
  'cause',
  'action',
  'id',
  'owed_amount',
  'standing',
  'acknowledged_by',
  'acknowledged_at',
  'acknowledged_because',
  'account_amount',
] as const;

export const CSV_HEAD = `${BYTE_ORDER_MARK}${csvLine(COLUMNS)}`;

export interface Told {
  readonly standing?: string;
  readonly acknowledgement?: Acknowledgement | undefined;
}

/** @param bill_date `yyyy-MM-dd` */
export function csvOf(
  bill_date: string,
  finding: Finding,
  { standing, acknowledgement }: Told = {},
): string {
  const { name, at, reason } = acknowledgement ?? {};
  const cells: Partial<Record<string, unknown>> = {
    ...{ bill_date, ...finding, standing },
    ...{ acknowledged_by: name, acknowledged_at: at, acknowledged_because: reason },
  };
  return csvLine(COLUMNS.map((column) => cells[column]));
}
