/** Refunds that an earlier bill had as PROCESSING: a bill says how a refund stood when it was made, and never again. */
import type { Finding } from '../report/finding.ts';
import type { EntryOf } from '../ledger/entry.ts';
import type { RefundHistory } from '../ledger/refund-history.ts';
import type { DeclaredRefunds } from './declared-refunds.ts';

export interface Ended {
  readonly entry: EntryOf<'refund_ended'>;
  /** Where it came to nothing. */
  readonly finding?: Finding;
}

export async function* endedBy(
  bill_date: string,
  history: RefundHistory,
  declared: DeclaredRefunds,
): AsyncIterable<Ended> {
  for (const pending of history.pendingBefore(bill_date)) {
    const { transaction_id, refund_id, out_refund_no, out_order_no } = pending;
    const its = await declared.of(transaction_id);
    const { status } = its.find((one) => one.out_refund_no === out_refund_no) ?? {};
    if (status === undefined || status === 'PROCESSING') continue;
    const entry = { code: 'refund_ended', transaction_id, refund_id, status } as const;
    if (status === 'SUCCESS') yield { entry };
    else {
      const about = { out_order_no, transaction_id, refund_id, refund_status: status };
      const facts = { kind: 'refund_failed', healed: false, order_amount: pending.amount } as const;
      yield { entry, finding: { ...facts, ...about } };
    }
  }
}
