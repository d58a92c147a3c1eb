/** Tells the order what its user has back, where its run still waits for that. */
import { getExternalWorkflowHandle } from '@temporalio/workflow';
import { refunded, workflowIdOf } from '../contract.ts';
import type { RefundsState } from './refunds-state.ts';

/** An order that has ended owes nothing, and needs no word of it. */
export async function tellOrder({ all: { opening, refunds } }: RefundsState): Promise<void> {
  const { service, out_order_no, transaction_id } = opening;
  // What it owes is the user's own money.
  const succeeded = refunds.flatMap(({ state, refund_id, amount, payer_refund = amount }) =>
    state === 'success' && refund_id !== undefined ? [{ refund_id, amount: payer_refund }] : [],
  );
  if (succeeded.length === 0) return;
  const order = getExternalWorkflowHandle(workflowIdOf(service.mchid, out_order_no));
  await order.signal(refunded, { transaction_id, refunds: succeeded }).catch(() => undefined);
}
