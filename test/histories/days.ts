/** Every course that a day's reconciliation takes, and the morning that starts it: each returns the id of its workflow. */
import { comeMorning, daysAgo, payingThen, play, reconciled } from '../support/day.ts';
import { shown } from '../support/play.ts';
import type { Stack } from '../support/stack.ts';
import { DAILY, reconciliationWorkflowIdOf } from '../../workflows/contract.ts';

type Course = (stack: Stack) => Promise<string>;

export const DAYS: Readonly<Record<string, Course>> = {
  async balanced(stack) {
    await paidOn(stack, daysAgo(2));
    return await told(stack, daysAgo(2));
  },

  async 'not-in-bill'(stack) {
    const out_order_no = await paidOn(stack, daysAgo(4));
    await stack.people.plantRow({ kind: 'missing', out_order_no });
    return await told(stack, daysAgo(4));
  },

  async failed(stack) {
    await paidOn(stack, daysAgo(6));
    await stack.people.setBills({ file_fault: 'unknown-column' });
    const id = await told(stack, daysAgo(6));
    await stack.people.setBills({ file_fault: 'none' });
    return id;
  },

  async daily({ client, services, temporal }) {
    const workflowId = `${DAILY}/recorded`;
    const { taskQueue } = temporal;
    await client.workflow.execute(DAILY, { workflowId, taskQueue, args: [...services] });
    return workflowId;
  },
};

async function paidOn(stack: Stack, bill_date: string): Promise<string> {
  await play(stack, bill_date);
  const { out_order_no } = await payingThen(stack);
  await stack.people.pay(out_order_no);
  await shown(stack, out_order_no, { phase: 'paid' });
  return out_order_no;
}

async function told(stack: Stack, bill_date: string): Promise<string> {
  await comeMorning(stack);
  await reconciled(stack, bill_date, ['balanced', 'unbalanced', 'failed']);
  return reconciliationWorkflowIdOf(stack.merchant.mchid, bill_date);
}
