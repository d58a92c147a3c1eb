/** What business code is told of refunds, and of days that do not balance. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { comeMorning, daysAgo, payingThen, play, reconciled } from '../../support/day.ts';
import { eventually } from '../../support/eventually.ts';
import { refundsWorkflowIdOf } from '../../../workflows/contract.ts';
import { newNumber } from '../../support/orders.ts';
import { paying, shown } from '../../support/play.ts';
import { useReceiver } from '../../support/receiver.ts';
import { useStack } from '../../support/stage.ts';

function useTold() {
  const stage = useStack({
    ...{ events: [], pollDelaysMs: [3_600_000] },
    simulator: { policies: { console_refund_notification: 'sent' } },
  });
  return { stage, receiver: useReceiver(stage) };
}

describe('events of refunds', () => {
  const told = useTold();

  it('are of each that has succeeded, ours and the console’s, numbered by the payment over its runs', async () => {
    const { stack } = told.stage;
    await stack.people.setAccount({ refund_notify_url: `${stack.url}/wechatpay/notifications` });
    const { out_order_no } = await paying(stack);
    await stack.people.pay(out_order_no);
    await shown(stack, out_order_no, { phase: 'paid' });
    const lastOf = async (count: number) =>
      await eventually('the event', async () => {
        const came = told.receiver
          .of(out_order_no)
          .filter(({ type }) => type === 'refund.succeeded');
        return came.length === count && came.at(-1);
      });

    const out_refund_no = newNumber();
    await stack.people.scriptRefunds({}, { delay_seconds: 1 });
    await stack.api.on(out_order_no, 'refunds', { out_refund_no, amount: 100 });
    const first = await lastOf(1);
    assert.deepEqual([first.sequence, first.data.refund.amount], [1, 100]);
    assert.match(first.id, /^refunds:\d+:/);
    assert.equal('digest' in first.data.refund, false);
    const workflowId = refundsWorkflowIdOf(stack.merchant.mchid, first.data.transaction_id);
    await stack.client.workflow.getHandle(workflowId).result();

    const { refund } = await stack.people.consoleRefund(out_order_no, 150);
    await eventually('its end', async () => {
      const all = await stack.people.refunds(out_order_no);
      return all.every((one) => one.refund.status === 'SUCCESS');
    });
    const second = await eventually('the console’s', async () => {
      // Temporal lists a payment a moment after it: WeChat Pay says it more than once.
      await stack.people.announceRefund(refund.out_refund_no);
      return told.receiver
        .of(out_order_no)
        .find(({ type, sequence }) => type === 'refund.succeeded' && sequence === 2);
    });
    assert.equal(second.data.refund.is_of_console, true);
    assert.equal(second.data.refund.amount, 150);
  });

  it('are of one that did not reach the user, and of its end', async () => {
    const { stack } = told.stage;
    const { out_order_no } = await paying(stack);
    await stack.people.pay(out_order_no);
    await shown(stack, out_order_no, { phase: 'paid' });
    const out_refund_no = newNumber();
    await stack.people.scriptRefunds({ out_refund_no }, { becomes: 'ABNORMAL', delay_seconds: 0 });
    await stack.api.on(out_order_no, 'refunds', { out_refund_no, amount: 100 });
    await told.receiver.arrived(out_order_no, 2);
    await stack.people.settleRefund(out_refund_no);
    const came = await told.receiver.arrived(out_order_no, 3, 80_000);
    assert.deepEqual(
      came.map(({ type }) => type),
      ['service_order.paid', 'refund.abnormal', 'refund.succeeded'],
    );
  });
});

describe('events of days', () => {
  const told = useTold();

  it('are of one that is not balanced, and say what is open', async () => {
    const { stack } = told.stage;
    const bill_date = daysAgo(4);
    await play(stack, bill_date);
    const order = await payingThen(stack);
    await stack.people.pay(order.out_order_no);
    await shown(stack, order.out_order_no, { phase: 'paid' });
    const { out_order_no } = order;
    await stack.people.plantRow({ kind: 'altered', out_order_no, amount: 501 });
    await comeMorning(stack);
    const { state } = await reconciled(stack, bill_date);
    assert.equal(state, 'unbalanced');
    const [event] = await told.receiver.arrived(bill_date, 1);
    assert.equal(event?.type, 'reconciliation.unbalanced');
    assert.deepEqual(event?.data, { bill_date, findings: { amount_differs: 1 } });
  });

  it('are none of one that is balanced', async () => {
    const { stack } = told.stage;
    const { state } = await reconciled(stack, daysAgo(9));
    assert.equal(state, 'balanced');
    assert.deepEqual(told.receiver.of(daysAgo(9)), []);
  });
});
