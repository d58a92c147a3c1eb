/** Every refund, and what follows from each of its steps: in the order's ledger, in the merchant's account, in a notification. */
import type { BusinessClock } from '../business-clock.ts';
import type { Notifier } from '../notifications/notifier.ts';
import { ledgerEntry, type Happening } from '../orders/ledger.ts';
import type { Orders } from '../orders/order.ts';
import type { PolicyBook } from '../policy-book.ts';
import type { MerchantAccount } from './merchant-account.ts';
import { dueBy, newRefund, type Acceptance } from './new-refund.ts';
import type { Refund, Refunds, RefundStatus } from './refund.ts';
import type { RefundScript } from './refund-script.ts';
import { settled, type Settlement } from './refund-steps.ts';
import { createRefundsInTime, type RefundsInTime } from './refunds-in-time.ts';

export interface RefundBook extends Omit<RefundsInTime, 'put'> {
  /** All that were ever accepted of it. */
  ofTransaction(transaction_id: string, out_order_no: string): Refund[];
  /** The refund as it stands then: perhaps more than accepted. */
  accept(acceptance: Acceptance, request_id: string): Refund;
  /** Another end, of one that is PROCESSING. */
  plan(refund: Refund, script: RefundScript): Refund;
  /** Of one that is ABNORMAL, by a person in the console. */
  settle(refund: Refund, settlement: Settlement): Refund;
  /** Where the merchant is told of it, if anywhere. */
  addressOf(refund: Refund): string | undefined;
}

export interface RefundBookParts {
  readonly kept: Refunds;
  readonly orders: Orders;
  readonly account: MerchantAccount;
  readonly policies: PolicyBook;
  readonly notifier: Pick<Notifier, 'refund'>;
  readonly clock: BusinessClock;
}

const EVENTS = {
  PROCESSING: 'refund_accepted',
  SUCCESS: 'refunded',
  ABNORMAL: 'refund_abnormal',
  CLOSED: 'refund_closed',
} as const satisfies Record<RefundStatus, Happening['event']>;

export function createRefundBook(parts: RefundBookParts): RefundBook {
  const { kept, orders, account, policies, notifier, clock } = parts;
  /** Whole milliseconds: a business clock that runs slowly has parts of them, and is set without. */
  const now = () => Math.floor(clock.now());
  const { put, ...refunds } = createRefundsInTime({ kept, clock, stepped });

  /** The order itself stays as it is: only its ledger tells. */
  function record(refund: Refund, by: Pick<Happening, 'request_id'> = {}): void {
    const order = orders.get(refund.out_order_no);
    if (order === undefined) return;
    const { out_refund_no, status, amount } = refund;
    const happening = {
      event: EVENTS[status],
      charged: 0,
      refunded: status === 'SUCCESS' ? amount.payer_refund : 0,
      out_refund_no,
      total_amount: order.total_amount,
      ...by,
    };
    const ms = refund.history.at(-1)?.ms ?? now();
    orders.put(order.out_order_no, {
      ...order,
      ledger: [...order.ledger, ledgerEntry(happening, ms)],
    });
  }

  function addressOf({ by, notify_url }: Refund): string | undefined {
    const isSilent = by === 'console' && policies.now().console_refund_notification === 'none';
    return isSilent ? undefined : (notify_url ?? account.now().refund_notify_url ?? undefined);
  }

  function stepped(refund: Refund): void {
    record(refund);
    if (refund.status === 'CLOSED') account.take(-refund.amount.settlement_refund);
    const ms = refund.history.at(-1)?.ms ?? now();
    notifier.refund(refund, addressOf(refund), ms);
  }

  return {
    ...refunds,
    ofTransaction: (transaction_id, out_order_no) =>
      refunds.ofOrder(out_order_no).filter((it) => it.transaction_id === transaction_id),
    accept(acceptance, request_id) {
      const refund = newRefund(acceptance, policies.now(), now());
      put(refund);
      account.take(refund.amount.settlement_refund);
      record(refund, { request_id });
      return refunds.get(refund.out_refund_no) ?? refund;
    },
    plan(refund, script) {
      const { due: _due, ...rest } = refund;
      put({ ...rest, ...dueBy(script, policies.now(), refund.created_ms) });
      return refunds.get(refund.out_refund_no) ?? refund;
    },
    settle(refund, settlement) {
      const done = settled(refund, settlement, now());
      put(done);
      stepped(done);
      return done;
    },
    addressOf,
  };
}
