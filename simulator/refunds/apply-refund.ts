/** POST /v3/refund/domestic/refunds: gives back all or a part of one transaction; what it answers is only accepted. */
import type { BusinessClock } from '../business-clock.ts';
import { checkExcess } from '../orders/strict-fields.ts';
import { behaviourOf, type Behaviours } from '../orders/user-behaviour.ts';
import type { Policies } from '../policies.ts';
import type { PolicyBook } from '../policy-book.ts';
import type { Handler } from '../transport/endpoint.ts';
import { readFields } from '../transport/fields.ts';
import { readJson } from '../transport/json-body.ts';
import { RefusalError } from '../transport/refusal-error.ts';
import type { MerchantAccount } from './merchant-account.ts';
import { saidOf, type Acceptance } from './new-refund.ts';
import { holdsAmount, type Refund } from './refund.ts';
import type { RefundBook } from './refund-book.ts';
import { RefundFields, strictlyRefund } from './refund-fields.ts';
import { checkAmount, checkFrequency, checkTime } from './refund-limits.ts';
import { REFUSED, type RefundScript, type RefundScripts } from './refund-script.ts';
import { sharesOf } from './refund-shares.ts';
import { refundView } from './refund-view.ts';
import { findTransaction, type Transaction, type Transactions } from './transaction.ts';

export interface ApplyRefundParts {
  readonly refunds: RefundBook;
  readonly refundScripts: RefundScripts;
  readonly transactions: Transactions;
  readonly account: MerchantAccount;
  readonly behaviours: Behaviours;
  readonly policies: PolicyBook;
  readonly clock: BusinessClock;
}

/** A repetition is answered as the refund stands by then, whatever would be refused by now. */
export function applyRefundHandler(parts: ApplyRefundParts): Handler {
  const { refunds, refundScripts, transactions, policies, clock } = parts;
  const Fields = RefundFields.superRefine(strictlyRefund(policies));

  return ({ body, requestId }) => {
    const json = readJson(body);
    const fields = readFields(Fields, json, 'body');
    const policy = policies.now();
    checkExcess(json, fields, {}, policy);

    const said = saidOf(json, fields);
    const existing = refunds.get(fields.out_refund_no);
    if (existing !== undefined) {
      if (isRepeated(existing, said, policy)) return refundView(existing);
      throw new RefusalError('refundMismatch');
    }

    const transaction = findTransaction(fields.transaction_id, transactions);
    if (transaction === undefined) throw new RefusalError('refundOrderNotFound');
    const { out_order_no, service_id } = transaction.order;
    const others = refunds.ofTransaction(fields.transaction_id, out_order_no);
    const now = clock.now();
    const script = refundScripts.for({ ...fields, out_order_no, service_id });
    checkPermitted(script, transaction, parts);
    checkTime(transaction, now);
    checkAmount(fields.amount, transaction, others);
    checkFrequency(fields.amount, others, policy, now);

    const acceptance = { fields, transaction, others, script, by: 'api', said } as const;
    checkBalance(acceptance, parts);
    return refundView(refunds.accept(acceptance, requestId));
  };
}

function isRepeated({ said }: Refund, now: Refund['said'], { refund_repeat }: Policies): boolean {
  switch (refund_repeat) {
    case 'same':
      return said.body === now.body;
    case 'amounts':
      return said.amounts === now.amounts;
  }
}

/** Whether refunds are accepted at all: of this one, this order, this service, or to this user. */
function checkPermitted(
  script: RefundScript,
  { order }: Transaction,
  { behaviours }: Pick<ApplyRefundParts, 'behaviours'>,
): void {
  const { refund } = behaviourOf(behaviours, order.openid);
  const refused = script.refused ?? (refund === 'accepted' ? undefined : refund);
  if (refused !== undefined) throw new RefusalError(REFUSED[refused]);
}

/** Nothing is kept of one that fails here: with more in the account, the same call succeeds. */
export function checkBalance(
  { fields, transaction, others }: Acceptance,
  { account }: Pick<ApplyRefundParts, 'account'>,
): void {
  const { balance } = account.now();
  const { amount } = sharesOf(fields.amount.refund, transaction, others.filter(holdsAmount));
  if (balance !== null && amount.settlement_refund > balance) {
    throw new RefusalError('balanceNotEnough');
  }
}
