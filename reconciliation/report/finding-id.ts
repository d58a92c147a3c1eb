/** By what a finding is known: the same facts of the same day have the same id in every report of it. */
import { createHash } from 'node:crypto';
import type { Finding } from './finding.ts';

export function idOf(bill_date: string, finding: Finding): string {
  const { kind, out_order_no, transaction_id, refund_id, bill_amount, order_amount } = finding;
  const { owed_amount, refund_status, column, replaced_bill, account_amount } = finding;
  const facts = [bill_date, kind, out_order_no, transaction_id, refund_id, bill_amount];
  // Elsewhere it is one fact more, which a report without the account's bill would lack.
  const later = kind === 'account_differs' ? [account_amount] : [];
  return createHash('sha256')
    .update(
      JSON.stringify([
        ...facts,
        order_amount,
        owed_amount,
        refund_status,
        column,
        replaced_bill,
        ...later,
      ]),
    )
    .digest('hex')
    .slice(0, 16);
}

/** Findings that say the same are told apart by their order, which is the bill's. */
export function createNumbering(bill_date: string) {
  const met = new Map<string, number>();
  return (finding: Finding): Finding & { readonly id: string } => {
    const id = idOf(bill_date, finding);
    const nth = (met.get(id) ?? 0) + 1;
    met.set(id, nth);
    return { id: nth === 1 ? id : `${id}-${nth}`, ...finding };
  };
}
