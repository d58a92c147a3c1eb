/** A refund at its acceptance. */
import { rfc3339 } from '../beijing-time.ts';
import { newRefundId } from '../orders/numbers.ts';
import type { Policies } from '../policies.ts';
import { fingerprintOf } from '../orders/repetition.ts';
import { holdsAmount, type FundsAccount, type Refund } from './refund.ts';
import type { RefundFields } from './refund-fields.ts';
import type { RefundScript } from './refund-script.ts';
import { sharesOf } from './refund-shares.ts';
import type { Transaction } from './transaction.ts';

/** Long enough for a merchant to see that accepted is not refunded; a change purse takes up to five minutes. */
const USUAL_DELAY_SECONDS = 30;

export interface Acceptance {
  readonly fields: Omit<RefundFields, 'goods_detail'>;
  readonly transaction: Transaction;
  /** All that were accepted before of the same transaction. */
  readonly others: readonly Refund[];
  readonly script: RefundScript;
  readonly by: Refund['by'];
  readonly said: Refund['said'];
}

export function newRefund(
  { fields, transaction, others, script, by, said }: Acceptance,
  policies: Policies,
  nowMs: number,
): Refund {
  const { out_refund_no, reason, notify_url, funds_account } = fields;
  const { refund, from } = fields.amount;
  const { amount, promotion_detail } = sharesOf(refund, transaction, others.filter(holdsAmount));
  return {
    refund_id: newRefundId(nowMs),
    out_refund_no,
    transaction_id: transaction.transaction_id,
    out_trade_no: transaction.out_trade_no,
    channel: script.channel ?? 'ORIGINAL',
    user_received_account: script.user_received_account ?? '支付用户零钱',
    create_time: rfc3339(nowMs),
    status: 'PROCESSING',
    funds_account: funds_account ?? accountOf(from),
    amount: from === undefined ? amount : { ...amount, from },
    ...(promotion_detail.length > 0 && { promotion_detail }),
    out_order_no: transaction.order.out_order_no,
    by,
    reason,
    notify_url,
    fromAvailable: funds_account === 'AVAILABLE',
    said,
    created_ms: nowMs,
    ...dueBy(script, policies, nowMs),
    history: [{ status: 'PROCESSING', ms: nowMs }],
  };
}

/** When it becomes what. */
export function dueBy(
  { becomes = 'SUCCESS', delay_seconds }: RefundScript,
  { refund_answer }: Policies,
  fromMs: number,
): Pick<Refund, 'due'> {
  if (becomes === 'PROCESSING') return {};
  const usual = refund_answer === 'SUCCESS' && becomes === 'SUCCESS' ? 0 : USUAL_DELAY_SECONDS;
  return { due: { ms: fromMs + (delay_seconds ?? usual) * 1000, status: becomes } };
}

/** What a repetition of the call must say again. */
export function saidOf(json: unknown, { transaction_id, amount }: RefundFields): Refund['said'] {
  return { body: fingerprintOf(json), amounts: fingerprintOf({ transaction_id, amount }) };
}

/** Both parts of the basic account together are BASIC. */
function accountOf(from: RefundFields['amount']['from']): FundsAccount {
  if (from === undefined) return 'UNSETTLED';
  return from.length > 1 ? 'BASIC' : (from[0]?.account ?? 'BASIC');
}
