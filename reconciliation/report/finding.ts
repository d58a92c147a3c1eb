/** What a day's bill and our orders disagree about, in words for finance people and operators. Money is integer fen. */

export const FINDINGS = [
  'paid_unnoticed',
  'not_in_bill',
  'amount_differs',
  'other_day',
  'paid_twice',
  'not_of_order',
  'row_repeated',
  'refunded',
  'unknown_order',
  'unnamed_charge',
  'order_silent',
  'odd_row',
  'refund_due',
  'undercollected',
  'refund_failed',
  'bill_changed',
  'account_differs',
] as const;
/**
 * - `paid_unnoticed`: in the bill, and the order here did not know it
 * - `not_in_bill`: paid here, and in neither this bill nor the next
 * - `amount_differs`: the bill has another amount than the order
 * - `other_day`: the bill has the payment more than a day away from where the order has it
 * - `paid_twice`: a second payment of an order that is paid
 * - `not_of_order`: the bill names an order that has no such charge
 * - `row_repeated`: the bill has the same payment more than once
 * - `refunded`: money went back to the user, or a payment was reversed
 * - `unknown_order`: a payment of our service for an order that nobody knows here
 * - `unnamed_charge`: an automatic charge that names no order
 * - `order_silent`: the bill has a payment, and its order could not be asked
 * - `odd_row`: a payment of ours stands in the bill as none of ours can be
 * - `refund_due`: a payment that must be paid back, in whole or in part, and was not yet
 * - `undercollected`: less was collected than the order was completed with
 * - `refund_failed`: a refund that an earlier bill had as on its way has come to nothing
 * - `bill_changed`: WeChat Pay has changed the bill since an earlier report of the day
 * - `account_differs`: the merchant's account moved otherwise than the trade bill says
 */
export type FindingKind = (typeof FINDINGS)[number];

export interface Finding {
  /** By which it is acknowledged: the same in every report of the day that has it. Reports of before 0.3 have none. */
  readonly id?: string;
  readonly kind: FindingKind;
  /** Set right since: nobody has to do anything. */
  readonly healed: boolean;
  readonly out_order_no: string;
  readonly transaction_id: string;
  /** What the bill has; a refund's own amount. */
  readonly bill_amount?: number;
  /** What the order has. */
  readonly order_amount?: number;
  /** What the fund-flow bill has; nothing where the account did not move. */
  readonly account_amount?: number;
  /** What must still be paid back, or was not collected. */
  readonly owed_amount?: number;
  /** Of the payment or refund, RFC 3339. */
  readonly time?: string;
  /** Where in the bill. */
  readonly line?: number;
  /** What of the line is odd, by the text above it in the current layout. */
  readonly column?: string;
  readonly refund_id?: string;
  /** As it was when the bill was made. */
  readonly refund_status?: string;
  /** SHA-1 of the bill that WeChat Pay has changed. */
  readonly replaced_bill?: string;
  /** Where the order stands here. */
  readonly phase?: string;
  readonly cause: string;
  readonly action: string;
}

/** Kinds that the reconciliation itself can set right, or see set right: nothing is owed, and nothing unexplained. */
type Healable = 'paid_unnoticed' | 'refunded';

interface Words {
  readonly cause: string;
  readonly action: string;
}

const OPEN: Readonly<Record<FindingKind, Words>> = {
  paid_unnoticed: {
    cause:
      'The bill has a payment that the order does not have, even after WeChat Pay was asked for the order.',
    action:
      'Compare the order in the merchant console with its current details here. If WeChat Pay contradicts its own bill, give its support both numbers.',
  },
  not_in_bill: {
    cause:
      'WeChat Pay told us of the payment, and neither the bill of its day nor that of the next has it.',
    action:
      'Look for the transaction in the merchant console, and give its number to WeChat Pay’s support.',
  },
  amount_differs: {
    cause: 'The bill has another amount than WeChat Pay told the order.',
    action:
      'Compare both in the merchant console, and give the transaction’s number to WeChat Pay’s support.',
  },
  other_day: {
    cause: 'The order has this payment, and has it more than a day away.',
    action:
      'Make sure that the bill of the other day does not have it as well; give the transaction’s number to WeChat Pay’s support.',
  },
  paid_twice: {
    cause: 'The order is paid, by another transaction than this one.',
    action:
      'Make sure of both in the merchant console, and refund the transaction that is named here.',
  },
  not_of_order: {
    cause: 'The bill names this order, and none of the order’s charges is this transaction.',
    action:
      'Compare both in the merchant console: it may be a payment of your other business under the same number, or a second payment.',
  },
  row_repeated: {
    cause:
      'The bill has the same payment more than once, or the bill of another day has it as well; the order has it once.',
    action: 'Ask WeChat Pay’s support whether the user was charged twice.',
  },
  refunded: {
    cause:
      'Money went back to the user, or was to go: somebody refunded the payment, or reversed it, outside this service.',
    action: 'Make sure that it was meant. The order keeps the amount that was paid.',
  },
  unknown_order: {
    cause:
      'WeChat Pay has this order under our service, and nobody opened it here; where it is paid, it was taken up from WeChat Pay.',
    action:
      'Find out who had opened it: an older system, orders that were lost here, or somebody who should not have. Then acknowledge this, or refund it.',
  },
  unnamed_charge: {
    cause: 'An automatic charge (AUTH) whose 商户数据包 does not name an order.',
    action: 'Look for the transaction in the merchant console, and find out what it was for.',
  },
  order_silent: {
    cause:
      'The order could not be asked: its run may be stuck, or WeChat Pay does not answer, or refuses to, for it.',
    action: 'Look at the order in the web UI, then reconcile the day again.',
  },
  odd_row: {
    cause:
      'The bill has a payment of this order in a way in which ours never stand there: under another merchant’s number, in another currency, without a transaction’s number, or in an unknown state.',
    action:
      'Look at that line and column of the bill, compare with the order in the merchant console, and give the transaction’s number to WeChat Pay’s support.',
  },
  refund_due: {
    cause:
      'WeChat Pay charged what was not to be charged any more, or more than was agreed, and no bill so far has a refund that makes up for it.',
    action:
      'Refund what is owed, by the transaction that is named here. The finding is settled by the bill that has the refund.',
  },
  undercollected: {
    cause:
      'The order is paid, with less than it was completed with; coupons are not what is missing.',
    action:
      'Compare the order in the merchant console with what it was completed with, and ask WeChat Pay’s support about the rest.',
  },
  refund_failed: {
    cause: 'A refund that an earlier bill had as on its way was closed, or has failed.',
    action:
      'Look at the refund in the merchant console (退款异常), and refund in another way if it is still owed.',
  },
  bill_changed: {
    cause: 'WeChat Pay has changed the bill of this day since an earlier report was made from it.',
    action:
      'Compare both bills, which are kept with their reports, ask WeChat Pay’s support why, and see whether what was booked by the earlier one still holds.',
  },
  account_differs: {
    cause:
      'The merchant’s account was moved for this payment or refund by another amount than the trade bill has, or only one of both bills has it.',
    action:
      'Compare both bills in the merchant platform, and give the number to WeChat Pay’s support.',
  },
};

const HEALED: Readonly<Record<Healable, Words>> = {
  paid_unnoticed: {
    cause: 'The order learned of its payment only after the reconciliation had begun.',
    action: 'Nothing. If it happens often, look at the callbacks and at the workers.',
  },
  refunded: {
    cause: 'Money that the order had said is due back (refund_due) was paid back.',
    action: 'Nothing.',
  },
};

/** A finding before its words. */
export type FindingFacts = Omit<Finding, 'kind' | 'healed' | 'cause' | 'action'> &
  (
    | { readonly kind: FindingKind; readonly healed: false }
    | { readonly kind: Healable; readonly healed: true }
  );

export function findingOf(facts: FindingFacts): Finding {
  return { ...facts, ...(facts.healed ? HEALED[facts.kind] : OPEN[facts.kind]) };
}
