/** How much of what an order owes is to be refunded now, and under which number. */
import { totalOf } from './charge.ts';
import type { RefundRecord } from './refunds.ts';
import { isInVain } from './rules.ts';
import { owedOf } from '../order/refund-due.ts';
import type { OrderView } from '../order/view.ts';
import { collectedOf } from '../rules/charges.ts';

export type DueDecision =
  | { readonly kind: 'nothing' }
  /** It was asked for before, and pays it back, or has. */
  | { readonly kind: 'there'; readonly refund: RefundRecord }
  | { readonly kind: 'refund'; readonly out_refund_no: string; readonly amount: number };

/** What is known of the transaction's refunds; none, and no total, where nobody asked for one before. */
export interface RefundsThere {
  /** In fen, before coupons, as WeChat Pay has told the refunds. */
  readonly total?: number | undefined;
  /** The console's included. */
  readonly refunds: readonly RefundRecord[];
}

export function decideDue(order: OrderView, { total, refunds }: RefundsThere): DueDecision {
  const { out_order_no, refund_due: due, refunded, settled } = order;
  if (!due?.transaction_id) return { kind: 'nothing' };
  const { transaction_id } = due;
  const ours = refunds.filter(({ out_refund_no }) =>
    out_refund_no.startsWith(`due-${out_order_no}-`),
  );
  const underWay = ours.find((it) => it.state !== 'success' && !isInVain(it));
  if (underWay) return { kind: 'there', refund: underWay };

  const share = shareOf(order, transaction_id, total);
  // What the order was not told of yet counts as paid back too.
  const told = new Set(refunded?.[transaction_id]?.map(({ refund_id }) => refund_id));
  const untold = refunds.filter((it) => !isInVain(it) && !told.has(it.refund_id ?? ''));
  const back = untold.reduce((sum, it) => sum + moneyOf(it, share), 0);
  const owed = owedOf({ refundDue: due, refunded, settled }) - back;
  const last = ours.findLast(({ state }) => state === 'success');
  if (owed <= 0) return last ? { kind: 'there', refund: last } : { kind: 'nothing' };
  const out_refund_no = `due-${out_order_no}-${ours.length + 1}`;
  const amount = share
    ? Math.min(share.total, Math.ceil((owed * share.total) / share.collected))
    : owed;
  return { kind: 'refund', out_refund_no, amount };
}

/** WeChat Pay gives money and coupon back in proportion, so that more must be refunded for the same money. */
interface Share {
  /** In fen, before coupons. */
  readonly total: number;
  /** In fen, of which the user's own money. */
  readonly collected: number;
}

/** Undefined where the payment is not told: what is paid back too little then is still owed. */
function shareOf(
  order: OrderView,
  transaction_id: string,
  known: number | undefined,
): Share | undefined {
  const detail = collectedOf(order).find((it) => it.transaction_id === transaction_id);
  const { amount: collected = 0 } = detail ?? {};
  const total = known ?? totalOf(order, transaction_id) ?? collected;
  return collected > 0 && total > 0 ? { total, collected } : undefined;
}

/** The user's own of a refund: as WeChat Pay has told, or in proportion. */
function moneyOf({ amount, payer_refund }: RefundRecord, share: Share | undefined): number {
  if (payer_refund !== undefined || !share) return payer_refund ?? amount;
  return Math.floor((amount * share.collected) / share.total);
}
