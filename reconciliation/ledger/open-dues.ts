/** What orders were charged too much, and was not paid back by any day's bill yet. */
import type { Dated, EntryOf } from './entry.ts';
import { createRefundHistory, isRefundOf } from './refund-history.ts';

export interface OpenDue extends EntryOf<'due'> {
  /** Of the bill that had the charge. */
  readonly bill_date: string;
  /** Of the amount, what is still owed. */
  readonly owed: number;
}

/** @param dues those that count; what was acknowledged is left out by whoever knows */
export function openDuesOf(dated: Iterable<Dated>): OpenDue[] {
  const dues = new Map<string, EntryOf<'due'> & { readonly bill_date: string }>();
  const history = createRefundHistory();
  for (const it of dated) {
    history.take(it);
    if (it.entry.code !== 'due') continue;
    const { out_order_no, transaction_id = '' } = it.entry;
    dues.set(`${out_order_no} ${transaction_id}`, { ...it.entry, bill_date: it.bill_date });
  }
  return [...dues.values()].flatMap((due) => {
    const owed = due.amount - history.wentBack(isRefundOf(due));
    return owed > 0 ? [{ ...due, owed }] : [];
  });
}
