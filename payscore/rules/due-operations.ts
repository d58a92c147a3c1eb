/** What may be carried out now of all that was asked for. */
import { isPending, type OperationRecord } from '../order/operation.ts';
import type { Order } from '../order/order.ts';

/** First come, first served. While the user is to authorise, only what needs no order at WeChat can be done. */
export function dueOperations({
  phase,
  operations,
}: Pick<Order, 'phase' | 'operations'>): readonly OperationRecord[] {
  const isInvited = phase === 'authorizing';
  return operations.filter(
    (record) => isPending(record) && !(isInvited && record.operation === 'create'),
  );
}
