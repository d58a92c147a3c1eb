/** What business code is told of refunds, and of days that do not balance. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { comeMorning, daysAgo, payingThen, play, reconciled } from '../../support/day.ts';
import { eventually } from '../../support/eventually.ts';
import { newNumber } from '../../support/orders.ts';
import { paying, shown } from '../../support/play.ts';
import { startReceiver, type TestReceiver } from '../../support/receiver.ts';
import { useStack } from '../../support/stage.ts';

function useTold() {
  const stage = useStack({ events: [], pollDelaysMs: [3_600_000] });
  let receiver: TestReceiver | undefined;
  before(async () => {
    receiver = await startReceiver();
    const { url, secret } = receiver;
    await stage.startWorker({ receiver: { url, secrets: [secret] } });
  });
  after(async () => await receiver?.stop());
  return {
    stage,
    get receiver() {
      if (!receiver) throw new Error('it begins with the first test');
      return receiver;
    },
  };
}

describe('events of refunds', () => {
  const told = useTold();

  it('are of each that has succeeded, numbered by the payment, over its runs', async () => {
    const { stack } = told.stage;
    const { out_order_no } = await paying(stack);
    await stack.people.pay(out_order_no);
    await shown(stack, out_order_no, { phase: 'paid' });
    for (const [count, amount] of [
      [1, 100],
      [2, 150],
    ] as const) {
      const out_refund_no = newNumber();
      await stack.people.scriptRefunds({ out_refund_no }, { delay_seconds: 1 });
      const answer = await stack.api.on(out_order_no, 'refunds', { out_refund_no, amount });
      assert.ok([200, 202].includes(answer.status), JSON.stringify(answer.body));
      // The second may wait for its minute.
      const events = await eventually(
        'the event',
        async () => {
          const came = told.receiver
            .of(out_order_no)
            .filter(({ type }) => type === 'refund.succeeded');
          return came.length === count && came;
        },
        100_000,
      );
      const last = events.at(-1)!;
      assert.deepEqual(
        [last.sequence, last.data.refund.out_refund_no, last.data.refund.amount],
        [count, out_refund_no, amount],
      );
      assert.match(last.id, /^refunds:\d+:/);
      assert.equal('digest' in last.data.refund, false);
    }
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
