/** How much of what an order owes is to be refunded now, and under which number. */
import { chargeOf } from './charge.ts';
import type { RefundRecord } from './refunds.ts';
import { isInVain, reservedOf } from './rules.ts';
import { owedOf } from '../order/refund-due.ts';
import type { OrderView } from '../order/view.ts';
import { collectedOf } from '../rules/charges.ts';

export type DueDecision =
  | { readonly kind: 'nothing' }
  /** It was asked for before, and pays it back, or has. */
  | { readonly kind: 'there'; readonly refund: RefundRecord }
  | { readonly kind: 'refund'; readonly out_refund_no: string; readonly amount: number };

/** @param refunds all of the transaction, the console's included */
export function decideDue(order: OrderView, refunds: readonly RefundRecord[]): DueDecision {
  const { out_order_no, refund_due: due, refunded, settled } = order;
  if (!due?.transaction_id) return { kind: 'nothing' };
  const { transaction_id } = due;
  const ours = refunds.filter(({ out_refund_no }) =>
    out_refund_no.startsWith(`due-${out_order_no}-`),
  );
  const underWay = ours.find((it) => it.state !== 'success' && !isInVain(it));
  if (underWay) return { kind: 'there', refund: underWay };

  // What the order was not told of yet counts as paid back too.
  const told = new Set(refunded?.[transaction_id]?.map(({ refund_id }) => refund_id));
  const untold = refunds.filter(({ refund_id = '' }) => !told.has(refund_id));
  const owed = owedOf({ refundDue: due, refunded, settled }) - reservedOf(untold);
  const last = ours.findLast(({ state }) => state === 'success');
  if (owed <= 0) return last ? { kind: 'there', refund: last } : { kind: 'nothing' };
  const out_refund_no = `due-${out_order_no}-${ours.length + 1}`;
  return { kind: 'refund', out_refund_no, amount: beforeCoupons(order, transaction_id, owed) };
}

/** WeChat Pay gives money and coupon back in proportion, so that more must be refunded for the same money. */
function beforeCoupons(order: OrderView, transaction_id: string, owed: number): number {
  const detail = collectedOf(order).find((it) => it.transaction_id === transaction_id);
  const { total = owed } = chargeOf(order, transaction_id) ?? {};
  const { amount: collected = total } = detail ?? {};
  return collected === 0 ? owed : Math.min(total, Math.ceil((owed * total) / collected));
}
