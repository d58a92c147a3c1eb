/** Payments that must be paid back, in whole or in part: in order once they are, and whether they are refunds tell, which come later. */
import { idOf } from '../report/finding-id.ts';
import { due } from '../report/row-finding.ts';
import type { LedgerEntry } from '../ledger/entry.ts';
import type { Examined } from './examination.ts';
import type { OurOrder } from './order-source.ts';
import type { RefundJudgement } from './refund-judgement.ts';

interface Owed {
  readonly examined: Examined;
  readonly order: OurOrder;
}

export function createPaymentsOwed(bill_date: string) {
  const all = new Map<string, Owed>();
  return {
    add(examined: Examined, order: OurOrder): void {
      all.set(examined.row.transaction_id, { examined, order });
    },
    orders: (): string[] => [...all.values()].map(({ order }) => order.out_order_no),
    /** Once refunds are judged: each as what it is by them, and with what other days must know. */
    *decided(
      paidBack: RefundJudgement['paidBack'],
    ): Iterable<readonly [Examined, LedgerEntry & { code: 'due' }]> {
      for (const { examined, order } of all.values()) {
        const { out_order_no, refundDue = { amount: 0 } } = order;
        const { amount, transaction_id } = { transaction_id: undefined, ...refundDue };
        const about = { out_order_no, ...(transaction_id !== undefined && { transaction_id }) };
        const owed = amount - paidBack(about);
        const finding = due(examined.row, order, owed > 0 ? owed : amount);
        const finding_id = idOf(bill_date, finding);
        const outcome = owed > 0 ? finding : examined.outcome;
        yield [
          { ...examined, outcome },
          { code: 'due', ...about, amount, finding_id },
        ];
      }
    },
  };
}
