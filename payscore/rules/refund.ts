/** Money that WeChat charged although business code had asked otherwise: what is owed to the user, and why. */
import { isPending, type OperationRecord } from '../order/operation.ts';
import type { Operation } from '../order/operation-name.ts';
import type { Order } from '../order/order.ts';
import { isNotToBeCharged } from '../order/opening.ts';
import type { RefundDue } from '../order/refund-due.ts';
import { chargesOf, chargedOf } from './charges.ts';
import type { ServiceOrder } from '../../schemas/service-order.ts';

/** What is owed when WeChat says that it has charged this much; undefined when nothing is. */
export function refundDueOf(order: Order, said: ServiceOrder): RefundDue | undefined {
  const { amount } = chargedOf(said);
  const owed = [
    ...endedBefore(order, amount),
    ...crossed(order, amount),
    ...surplusOf(said, amount),
    ...aboveAgreed(order, amount),
  ];
  const most = owed.toSorted((a, b) => b.amount - a.amount)[0];
  if (!most || most.amount <= 0) return undefined;
  // A refund is of one transaction, and of no more than that one charged.
  const charge = chargesOf(said).find((it) => (it.amount ?? 0) >= most.amount);
  const transaction_id = charge?.transaction_id;
  return { ...most, ...(transaction_id !== undefined && { transaction_id }) };
}

function endedBefore(order: Order, amount: number): RefundDue[] {
  const { opening, givingUp, phase: ended, endedBefore: before } = order;
  if (isNotToBeCharged(ended)) return [{ amount, because: ended }];
  if (givingUp !== undefined) return [{ amount, because: 'rejected' }];
  const owed = opening.takesUp?.refundDue;
  // Taken up again, the order went on, and business code has asked for the charge itself.
  const wasOver = before && !isAskedSince(order, before.at, ['complete']);
  return [...(owed ? [owed] : []), ...(wasOver ? [{ amount, because: before.phase }] : [])];
}

/** Whether business code has had the order charged later than that, by one of these. */
function isAskedSince({ operations }: Order, at: string, by: readonly Operation[]): boolean {
  return operations.some(
    ({ operation, state, receivedAt }) =>
      by.includes(operation) &&
      (state === 'running' || state === 'done') &&
      Date.parse(receivedAt) > Date.parse(at),
  );
}

/** Collected twice: by WeChat and by the merchant (guide 3.2.9: refund through either), or by WeChat alone. */
function surplusOf({ total_amount, collection }: ServiceOrder, charged: number): RefundDue[] {
  if (total_amount === undefined) return [];
  const details = collection?.details ?? [];
  const surplus = details.reduce((sum, { amount = 0 }) => sum + amount, 0) - total_amount;
  const isPaidElsewhere = details.some(({ paid_type }) => paid_type === 'MCH');
  const because = isPaidElsewhere ? 'paid_elsewhere' : 'paid';
  return [{ amount: Math.min(surplus, charged), because }];
}

/** What was accepted before the payment was known, and had not taken effect. */
function crossed(order: Order, charged: number): RefundDue[] {
  return order.operations
    .filter((it) => isUnfulfilled(order, it))
    .flatMap((record): RefundDue[] => {
      const { operation, total = charged } = record;
      switch (operation) {
        case 'cancel':
        case 'sync':
          return [{ amount: charged, because: operation }];
        case 'modify':
          return [{ amount: charged - total, because: operation }];
        case 'create':
        case 'adopt':
        case 'complete':
          return [];
      }
    });
}

/** What a run left behind was promised as well, unless business code has had the order charged otherwise since. */
function isUnfulfilled(order: Order, record: OperationRecord): boolean {
  if (record.state !== 'left_behind') return isPending(record);
  return !isAskedSince(order, record.receivedAt, ['complete', 'modify']);
}

/** WeChat had said yes to less. */
function aboveAgreed({ agreedTotal, operations }: Order, charged: number): RefundDue[] {
  const isLowered = operations.some((it) => it.operation === 'modify' && it.state === 'done');
  if (agreedTotal === undefined) return [];
  return [{ amount: charged - agreedTotal, because: isLowered ? 'modify' : 'complete' }];
}
