/** What a finding of a day's reconciliation means and what to do about it, for finance people and operators. */
import { findingIn, type FindingWords } from '../finding-words.ts';
import type { FindingKind } from '../../reconciliation/report/finding.ts';

const OPEN: Readonly<Record<FindingKind, FindingWords>> = {
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

/** Reports of 0.2 have `unknown_order` as healed, too. */
const HEALED: Readonly<Partial<Record<FindingKind, FindingWords>>> = {
  paid_unnoticed: {
    cause: 'The order learned of its payment only after the reconciliation had begun.',
    action: 'Nothing. If it happens often, look at the callbacks and at the workers.',
  },
  refunded: {
    cause: 'Money that the order had said is due back (refund_due) was paid back.',
    action: 'Nothing.',
  },
  unknown_order: {
    cause: 'Nobody knew this order here; it was taken up from WeChat Pay, paid.',
    action: 'Find out who had opened it: an older system, or orders that were lost here.',
  },
};

export const finding = findingIn(OPEN, HEALED);
