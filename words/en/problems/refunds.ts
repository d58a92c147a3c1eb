/** Why nothing is paid back. */
import type { Phase } from '../../../payscore/rules/phase.ts';

export const refunds = {
  orderNotKept: (out_order_no: string) =>
    `No order ${out_order_no} is known here. If it is no longer kept, name the transaction_id of its payment.`,
  unknown: (out_order_no: string) => `No such refund of the order ${out_order_no} is known here.`,
  dueInParts: (amount: number) =>
    `${amount} fen are due, more than any one of its charges: refund them one by one, each by its transaction_id.`,
  notCharged: (phase: Phase) => `Only what WeChat Pay charged is refunded; the order is ${phase}.`,
  whichCharge: (charges: readonly string[]) =>
    `The order was charged ${charges.length} times: name the transaction_id, one of ${charges.join(', ')}.`,
  notItsCharge: 'This transaction_id is none of the charges of this order.',
  refused: 'Nothing was paid back. Another attempt needs another out_refund_no.',
  numberUsed: 'Another refund needs another out_refund_no. Nothing was sent.',
  notAllowed: (rule: string) => `${rule}. Nothing was sent.`,
  busy: 'Too many callers wait for refunds of this payment. Repeat the same request in a few seconds.',
  notTaken: 'Not taken. Repeat the same request.',
  unreadable:
    'What was refunded before cannot be read, so nothing was started. Repeat the same request.',
};
