/** What each trouble means and what to do about it, for whoever has to look at it at night. */
import { plain, term } from './markdown.ts';
import type { OperationRecord } from '../../payscore/order/operation.ts';
import { ASKED_OPERATIONS, type AskedOperation } from '../../payscore/order/operation-name.ts';
import type { Order } from '../../payscore/order/order.ts';
import { chargesOf } from '../../payscore/rules/charges.ts';
import { shortfallOf } from '../../payscore/rules/shortfall.ts';
import type { Trouble } from '../../payscore/rules/trouble.ts';
import { hasEnded } from '../../payscore/rules/ended.ts';
import type { Words } from '../../words/en.ts';

interface TroubleWords {
  readonly means: string;
  readonly toDo: string;
  /** Where the order has ended and takes no messages any more; the same as otherwise, unless given. */
  readonly afterTheEnd?: string;
}

export function troubleWordsOf(order: Order, trouble: Trouble, words: Words) {
  const { means, toDo, afterTheEnd = toDo } = WORDS[trouble](order, words);
  return { means, toDo: hasEnded(order) ? afterTheEnd : toDo };
}

const WORDS: Readonly<Record<Trouble, (order: Order, words: Words) => TroubleWords>> = {
  refund_due: (order, words) => ({ means: whatIsOwed(order, words), toDo: refund(order, words) }),
  undercollected: ({ serviceOrder, agreedTotal }, { troubles, yuan }) => {
    const { means, toDo } = troubles.undercollected;
    return { means: means(yuan(shortfallOf(serviceOrder ?? {}, agreedTotal))), toDo };
  },
  misconfigured: (_order, { troubles }) => troubles.misconfigured,
  amount_raised: ({ agreedTotal = 0, serviceOrder }, { troubles, yuan }) => ({
    ...troubles.amountRaised,
    means: troubles.amountRaised.means(yuan(serviceOrder?.total_amount ?? 0), yuan(agreedTotal)),
  }),
  unresolved: ({ unresolved }, { fact, troubles: { unresolved: say } }) => ({
    ...say,
    means: unresolved === undefined ? say.means : say.meansBecause(plain(fact(unresolved))),
  }),
  operation_refused: (order, words) => {
    const { afterTheEnd } = words.troubles.operationRefused;
    return { means: whatWasRefused(order, words), toDo: correct(order, words), afterTheEnd };
  },
  overdue: ({ serviceOrder }, { troubles: { overdue: say } }) => {
    const end = serviceOrder?.time_range?.end_time;
    return { ...say, means: end === undefined ? say.means : say.meansSince(end) };
  },
};

function whatIsOwed({ refundDue }: Order, { troubles, yuan }: Words): string {
  const { means, meansUnknown } = troubles.refundDue;
  return refundDue ? means(yuan(refundDue.amount), refundDue.because) : meansUnknown;
}

function refund(order: Order, words: Words): string {
  const { toDo, orDirectly, settle } = words.troubles.refundDue;
  const { amount, because } = order.refundDue ?? {};
  const isDirect = because === 'sync' || because === 'paid_elsewhere';
  const owed = amount === undefined ? undefined : words.yuan(amount);
  return `${toDo(owed, numbersToRefund(order, words))}${isDirect ? orDirectly : ''}${settle}`;
}

function numbersToRefund(order: Order, { troubles, yuan }: Words): string {
  const { refundDue, serviceOrder, out_order_no } = order;
  const { ofBill, several, charge } = troubles.refundDue;
  const { transaction_id } = refundDue ?? {};
  if (transaction_id !== undefined) return `transaction_id ${term(transaction_id)}`;
  const charges = chargesOf(serviceOrder ?? {}).flatMap(({ transaction_id: number, amount = 0 }) =>
    number === undefined ? [] : [charge(term(number), yuan(amount))],
  );
  return charges.length === 0 ? ofBill(term(out_order_no)) : several(charges);
}

function whatWasRefused(order: Order, { fact, troubles }: Words): string {
  const refused = lastRefused(order);
  const why = refused?.rule ? fact(refused.rule) : refused?.refusal?.message;
  return troubles.operationRefused.means(
    refused && term(refused.operation),
    why === undefined ? undefined : plain(why),
  );
}

function correct(order: Order, { troubles }: Words): string {
  const { isGivenUp, toDo } = troubles.operationRefused;
  if (order.givingUp !== undefined) return isGivenUp;
  const operation = lastRefused(order)?.operation;
  return toDo(isAsked(operation) ? operation : undefined);
}

function lastRefused({ operations }: Order): OperationRecord | undefined {
  return operations.findLast(({ state }) => state === 'refused' || state === 'not_allowed');
}

function isAsked(operation: string | undefined): operation is AskedOperation {
  return ASKED_OPERATIONS.some((known) => known === operation);
}
