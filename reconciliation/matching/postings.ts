/** Where each row goes, told at once to everybody who must know: the books, our side, the list of matches, the findings, other days. */
import type { BillRow } from '../bill/row.ts';
import type { Finding } from '../report/finding.ts';
import { chargeOf } from '../report/row-finding.ts';
import type { LedgerEntry } from '../ledger/entry.ts';
import type { Match } from '../report/matches.ts';
import type { Books } from './books.ts';
import type { OurOrder } from './order-source.ts';
import { dayOf, type OurSide, type OwnPayment } from './own-payments.ts';

export interface PostingsParts {
  readonly bill_date: string;
  readonly books: Books;
  readonly ourSide: OurSide;
  readonly matches: { add(row: BillRow, match: Match): Promise<void> | undefined };
  readonly findings: { add(finding: Finding): Promise<void> };
  readonly ledger: { add(entry: LedgerEntry): Promise<void> | undefined };
}

export function createPostings(parts: PostingsParts) {
  const { bill_date, books, ourSide, matches, findings, ledger } = parts;

  /** So that no other bill agrees with the payment once more, and its own day knows where it is. */
  async function claimIfOfOther(row: BillRow, order: OurOrder): Promise<void> {
    const charge = chargeOf(order, row);
    if (!charge || (charge.bill_date !== undefined && dayOf(charge, order) === bill_date)) return;
    await ledger.add({ code: 'claim', transaction_id: row.transaction_id });
  }

  return {
    elsewhere(row: BillRow): void {
      books.post(row, 'elsewhere');
    },
    /** Of the list: nearly every payment of ours. @returns a promise only where the disk is behind */
    agreeAtOnce(row: BillRow, payment: OwnPayment): Promise<void> | undefined {
      const { out_order_no, service_id, amount: order_amount } = payment;
      books.post(row, 'agreed', service_id);
      ourSide.settlePayment(payment, 'agreed');
      return matches.add(row, { out_order_no, service_id, order_amount });
    },
    async agree(row: BillRow, order: OurOrder): Promise<void> {
      const { out_order_no, service_id } = order;
      books.post(row, 'agreed', service_id);
      // Of a refund what was declared, which is the same.
      const charged = row.kind === 'payment' ? chargeOf(order, row)?.amount : undefined;
      const order_amount = charged ?? row.amount;
      await matches.add(row, { out_order_no, service_id, order_amount });
      if (row.kind !== 'payment') return;
      ourSide.settle(row.transaction_id, 'agreed');
      await claimIfOfOther(row, order);
    },
    async tell(row: BillRow, finding: Finding, order: OurOrder | undefined): Promise<void> {
      books.post(row, 'findings', order?.service_id);
      await findings.add(finding);
      if (row.kind !== 'payment') return;
      ourSide.settle(row.transaction_id, 'findings');
      if (finding.healed && order) await claimIfOfOther(row, order);
    },
  };
}

export type Postings = ReturnType<typeof createPostings>;
