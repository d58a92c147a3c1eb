/** Refunds of a payment, or of an order, over all days: each once, whatever bills repeat. */
import type { Dated, EntryOf } from './entry.ts';

type Refund = EntryOf<'refund'> & { readonly bill_date: string };

/** Money that never went: 退款状态 of bills, and of 查询单笔退款. */
const IN_VAIN: ReadonlySet<string> = new Set(['FAIL', 'CHANGE', 'CLOSED', 'ABNORMAL']);

export function isInVain(status: string): boolean {
  return IN_VAIN.has(status);
}

function isOnItsWay(status: string): boolean {
  return status === 'PROCESSING';
}

/** Whether the money is there, as far as a bill can say. */
export function hasGoneBack({ status }: Pick<EntryOf<'refund'>, 'status'>): boolean {
  return !isInVain(status) && !isOnItsWay(status);
}

/** @param isOf which payments, or orders, it is about: a year has more refunds than are asked for */
export function createRefundHistory(isOf: (it: EntryOf<'refund'>) => boolean = () => true) {
  const refunds = new Map<string, Refund>();
  const ended = new Map<string, EntryOf<'refund_ended'>['status']>();

  return {
    take({ bill_date, entry }: Dated): void {
      if (entry.code === 'refund_ended') ended.set(entry.refund_id, entry.status);
      if (entry.code !== 'refund' || !isOf(entry)) return;
      const other = refunds.get(entry.refund_id);
      if (!other || bill_date < other.bill_date) {
        refunds.set(entry.refund_id, { ...entry, bill_date });
      }
    },
    /** The day whose bill had it first. */
    dayOf: (refund_id: string): string | undefined => refunds.get(refund_id)?.bill_date,
    /** Began before the day, and nobody has said how it ended. */
    pendingBefore: (bill_date: string): Refund[] =>
      [...refunds.values()].filter(
        (it) => it.bill_date < bill_date && isOnItsWay(it.status) && !ended.has(it.refund_id),
      ),
    /**
     * What leaves no room for more on that day: all that went back before it, and what was in order after it, so that no fen
     * that is due is paid back twice, in whatever order the days are reconciled.
     */
    besides: (bill_date: string, isIt: (it: EntryOf<'refund'>) => boolean): number =>
      sum(
        (it) =>
          isIt(it) && (it.bill_date < bill_date || (it.bill_date > bill_date && it.isAccepted)),
      ),
    /** What has gone back, on any day, whether it was in order or not. */
    wentBack: (isIt: (it: EntryOf<'refund'>) => boolean): number =>
      sum((it) => isIt(it) && !isOnItsWay(ended.get(it.refund_id) ?? it.status)),
  };

  function sum(isIt: (it: Refund) => boolean): number {
    let total = 0;
    for (const it of refunds.values()) {
      if (isIt(it) && !isInVain(ended.get(it.refund_id) ?? it.status)) total += it.amount;
    }
    return total;
  }
}

export type RefundHistory = ReturnType<typeof createRefundHistory>;

/** Of what is due: of one payment, or of the order where it is more than any one. */
export function isRefundOf({
  transaction_id,
  out_order_no,
}: Pick<EntryOf<'due'>, 'transaction_id' | 'out_order_no'>) {
  return (it: Pick<EntryOf<'refund'>, 'transaction_id' | 'out_order_no'>) =>
    transaction_id === undefined
      ? it.out_order_no === out_order_no
      : it.transaction_id === transaction_id;
}
