/** Whether a refund in the bill is in order: it was declared here, or was due, and no fen of that twice. */
import type { BillRefund } from '../bill/row.ts';
import type { DeclaredRefund, DeclaredRefunds } from './declared-refunds.ts';
import { firstOf } from './own-payments.ts';
import type { OurOrder } from './order-source.ts';
import { hasGoneBack, isInVain, isRefundOf, type RefundHistory } from '../ledger/refund-history.ts';
import type { EntryOf } from '../ledger/entry.ts';
import { healed, open } from '../report/row-finding.ts';
import type { Finding } from '../report/finding.ts';

export interface RefundJudgementParts {
  readonly bill_date: string;
  readonly declared: DeclaredRefunds;
  /** Of the other days; of this one it learns by what it judges. */
  readonly history: RefundHistory;
}

export interface Judged {
  readonly outcome: 'agreed' | Finding;
  /** For other days; absent where it has been told of before. */
  readonly entry?: EntryOf<'refund'>;
}

export function createRefundJudgement({ bill_date, declared, history }: RefundJudgementParts) {
  const ofToday: EntryOf<'refund'>[] = [];

  return {
    /** In the order of the bill. */
    async judge(row: BillRefund, order: OurOrder): Promise<Judged> {
      const { refund_id, transaction_id } = row;
      if (refund_id !== '' && isKnown(refund_id)) {
        return { outcome: open('row_repeated', row, order) };
      }
      const its = (await declared.of(transaction_id)).find((one) => isSame(one, row));
      const outcome = outcomeOf(row, order, its);
      const isAccepted = outcome === 'agreed' || outcome.healed;
      const entry = entryOf(row, order, isAccepted);
      ofToday.push(entry);
      return { outcome, entry };
    },
    /** Of what is due, what has gone back, on any day. */
    paidBack(due: Pick<EntryOf<'due'>, 'transaction_id' | 'out_order_no'>): number {
      const isIt = isRefundOf(due);
      return history.wentBack(isIt) + sumOf(ofToday.filter((it) => isIt(it) && hasGoneBack(it)));
    },
  };

  function isKnown(refund_id: string): boolean {
    const day = history.dayOf(refund_id);
    if (day !== undefined && day !== bill_date) return true;
    return ofToday.some((it) => it.refund_id === refund_id);
  }

  function outcomeOf(
    row: BillRefund,
    order: OurOrder,
    its: DeclaredRefund | undefined,
  ): 'agreed' | Finding {
    const isRefund = row.kind === 'refund' && row.odd === undefined;
    const isOnItsWay = row.refund_status === 'SUCCESS' || row.refund_status === 'PROCESSING';
    if (its && isRefund && isOnItsWay) {
      return its.amount === row.amount ? 'agreed' : open('amount_differs', row, order);
    }
    const isPaidBack = isRefund && row.refund_status === 'SUCCESS';
    return isPaidBack && wasDue(row, order)
      ? healed('refunded', row, order)
      : open('refunded', row, order);
  }

  /** As long as it is not more than was due, with all that any other day has. */
  function wasDue(row: BillRefund, order: OurOrder): boolean {
    const { refundDue, out_order_no } = order;
    if (!refundDue) return false;
    if ((refundDue.transaction_id ?? row.transaction_id) !== row.transaction_id) return false;
    const isIt = isRefundOf({ ...refundDue, out_order_no });
    const before = history.besides(bill_date, isIt) + sumOf(ofToday.filter(isIt));
    return before + row.amount <= refundDue.amount;
  }
}

export type RefundJudgement = ReturnType<typeof createRefundJudgement>;

/** Of a payment that must be paid back, in whole or in part. */
export function isDueOf(order: OurOrder, transaction_id: string): boolean {
  const { refundDue } = order;
  if (!refundDue) return false;
  return (refundDue.transaction_id ?? firstOf(order)?.transaction_id) === transaction_id;
}

function isSame({ out_refund_no, refund_id }: DeclaredRefund, row: BillRefund): boolean {
  return out_refund_no === row.out_refund_no || (refund_id ?? '-') === row.refund_id;
}

function entryOf(
  row: BillRefund,
  { out_order_no }: OurOrder,
  isAccepted: boolean,
): EntryOf<'refund'> {
  const { transaction_id, out_refund_no, amount, refund_status: status, line, time } = row;
  return {
    ...{ code: 'refund', transaction_id, out_refund_no, out_order_no, amount, status, isAccepted },
    refund_id: row.refund_id === '' ? `${time} ${line}` : row.refund_id,
  };
}

function sumOf(entries: readonly EntryOf<'refund'>[]): number {
  return entries.reduce((sum, { amount, status }) => sum + (isInVain(status) ? 0 : amount), 0);
}
