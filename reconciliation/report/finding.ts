/**
 * What a day's bill and our orders disagree about, as facts: words are found where a finding is shown (`words/`). Money is
 * integer fen.
 */

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

/** Kinds that the reconciliation itself can set right, or see set right: nothing is owed, and nothing unexplained. */
type Healable = 'paid_unnoticed' | 'refunded';

/** As it is kept. Reports of before 0.3 have sentences beside it (`cause`, `action`), which nobody reads any more. */
export type Finding = About &
  (
    | { readonly kind: FindingKind; readonly healed: false }
    /** Set right since: nobody has to do anything. */
    | { readonly kind: Healable; readonly healed: true }
  );

interface About {
  /** By which it is acknowledged: the same in every report of the day that has it. Reports of before 0.3 have none. */
  readonly id?: string;
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
}
