/** A refund by a person in the merchant's console (商户平台), under a number of the console's own. */
import type { RequestHandler } from 'express';
import * as z from 'zod';
import type { BusinessClock } from '../business-clock.ts';
import { newConsoleRefundNo } from '../orders/numbers.ts';
import type { Orders } from '../orders/order.ts';
import { checkBalance } from '../refunds/apply-refund.ts';
import type { MerchantAccount } from '../refunds/merchant-account.ts';
import { saidOf } from '../refunds/new-refund.ts';
import { holdsAmount } from '../refunds/refund.ts';
import type { RefundBook } from '../refunds/refund-book.ts';
import { RefundFields } from '../refunds/refund-fields.ts';
import { checkAmount, checkTime } from '../refunds/refund-limits.ts';
import type { RefundScripts } from '../refunds/refund-script.ts';
import { refundableOf } from '../refunds/refund-shares.ts';
import { toldRefund } from '../refunds/refund-view.ts';
import { transactionsOf, type Transaction } from '../refunds/transaction.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import { ControlError } from './control-error.ts';

const { reason, funds_account, amount, out_refund_no } = RefundFields.shape;

const ConsoleRefund = z.strictObject({
  /** By default the first of the order of which something is left. */
  transaction_id: RefundFields.shape.transaction_id.optional(),
  /** Fen; by default all that is left. */
  amount: amount.shape.refund.optional(),
  out_refund_no: out_refund_no.optional(),
  reason,
  funds_account,
});

export interface ConsoleRefundParts {
  readonly orders: Orders;
  readonly refunds: RefundBook;
  readonly refundScripts: RefundScripts;
  readonly account: MerchantAccount;
  readonly clock: BusinessClock;
}

/** What the console would not let a person do is a 409, in WeChat Pay's words. */
export function consoleRefundHandler(
  parts: ConsoleRefundParts,
): RequestHandler<{ out_order_no: string }> {
  const { orders, refunds, refundScripts, clock } = parts;

  function find(out_order_no: string, transaction_id: string | undefined): Transaction {
    const order = orders.get(out_order_no);
    if (order === undefined) throw new ControlError(404, 'there is no such order');
    const found = transactionsOf(order).find((it) =>
      transaction_id === undefined ? leftOf(it) > 0 : it.transaction_id === transaction_id,
    );
    if (found !== undefined) return found;
    throw new ControlError(409, 'WeChat Pay has collected nothing that is left to refund');
  }

  const othersOf = ({ transaction_id, order }: Transaction) =>
    refunds.ofTransaction(transaction_id, order.out_order_no);
  const leftOf = (it: Transaction) => refundableOf(it, othersOf(it).filter(holdsAmount));

  return (req, res) => {
    const said = ConsoleRefund.parse(req.body ?? {});
    const transaction = find(req.params.out_order_no, said.transaction_id);
    const now = clock.now();
    const fields = RefundFields.parse({
      ...said,
      out_refund_no: said.out_refund_no ?? newConsoleRefundNo(now),
      transaction_id: transaction.transaction_id,
      amount: {
        refund: said.amount ?? leftOf(transaction),
        total: transaction.total,
        currency: 'CNY',
      },
    });
    if (refunds.get(fields.out_refund_no) !== undefined) {
      throw new ControlError(409, 'the number is taken');
    }
    const { out_order_no, service_id } = transaction.order;
    const acceptance = {
      fields,
      transaction,
      others: othersOf(transaction),
      script: refundScripts.for({ ...fields, out_order_no, service_id }),
      by: 'console',
      said: saidOf('console', fields),
    } as const;
    permitted(() => {
      checkTime(transaction, now);
      checkAmount(fields.amount, transaction, acceptance.others);
      checkBalance(acceptance, parts);
    });
    res.status(201).json(toldRefund(refunds.accept(acceptance, 'console')));
  };
}

function permitted(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (error instanceof RefusalError) throw new ControlError(409, error.refusal.message);
    throw error;
  }
}
