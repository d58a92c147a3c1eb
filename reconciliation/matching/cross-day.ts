/** What other days know that matters to this one, and what it said itself before: read from the ledger, no more than is asked for. */
import type { Dated, EntryOf } from '../ledger/entry.ts';
import { openDuesOf, type OpenDue } from '../ledger/open-dues.ts';
import { createRefundHistory, type RefundHistory } from '../ledger/refund-history.ts';

export interface OtherDays {
  /** Of payments, those that agreed with the bill of another day. */
  readonly claimed: ReadonlySet<string>;
  /** The same of this day, when it was reconciled before: who came first stays. */
  readonly claimedHere: ReadonlySet<string>;
  /** Of this day, what the list of orders does not have. */
  readonly furtherCharges: readonly EntryOf<'further_charge'>[];
  /** What earlier days' orders were charged too much. */
  readonly dues: readonly DatedDue[];
}

export type DatedDue = Dated & { readonly entry: EntryOf<'due'> };
export type ReadLedger = () => AsyncIterable<Dated>;

export async function readOtherDays(bill_date: string, read: ReadLedger): Promise<OtherDays> {
  const claimed = new Set<string>();
  const claimedHere = new Set<string>();
  const furtherCharges: EntryOf<'further_charge'>[] = [];
  const dues: DatedDue[] = [];
  for await (const dated of read()) {
    const { entry } = dated;
    const isHere = dated.bill_date === bill_date;
    if (entry.code === 'claim') (isHere ? claimedHere : claimed).add(entry.transaction_id);
    if (isHere) continue;
    if (entry.code === 'further_charge' && entry.bill_date === bill_date)
      furtherCharges.push(entry);
    if (entry.code === 'due' && dated.bill_date < bill_date) {
      dues.push({ bill_date: dated.bill_date, entry });
    }
  }
  return { claimed, claimedHere, furtherCharges, dues };
}

/** Of the other days: those of these payments and orders, and of what is still on its way. */
export async function readRefunds(
  bill_date: string,
  read: ReadLedger,
  about: { readonly transactions: ReadonlySet<string>; readonly orders: ReadonlySet<string> },
): Promise<RefundHistory> {
  const history = createRefundHistory(
    ({ transaction_id, out_order_no, status }) =>
      status === 'PROCESSING' ||
      about.transactions.has(transaction_id) ||
      about.orders.has(out_order_no),
  );
  for await (const dated of read()) {
    if (dated.bill_date !== bill_date) history.take(dated);
  }
  return history;
}

/** Of the dues of earlier days, those that nothing has made up for. */
export function stillOpen(
  dues: readonly DatedDue[],
  paidBack: (due: EntryOf<'due'>) => number,
): OpenDue[] {
  return openDuesOf(dues).flatMap((due) => {
    const owed = due.amount - paidBack(due);
    return owed > 0 ? [{ ...due, owed }] : [];
  });
}
