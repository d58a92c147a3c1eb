/** What business code is told of an order, and when. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { happened } from '../../support/events.ts';
import { rental, rentalEnd } from '../../support/orders.ts';
import { inService, invited, paying, shown } from '../../support/play.ts';
import { useReceiver } from '../../support/receiver.ts';
import { useStack } from '../../support/stage.ts';

describe('events of an order', () => {
  const stage = useStack({ events: [] });
  const receiver = useReceiver(stage);

  it('has one for the final phase, with the order as it can be read', async () => {
    const { out_order_no } = await paying(stage.stack);
    await stage.stack.people.pay(out_order_no);
    const [event] = await receiver.arrived(out_order_no, 1);
    assert.equal(event?.type, 'service_order.paid');
    assert.equal(event?.sequence, 1);
    assert.match(event?.timestamp ?? '', /\+08:00$/);
    await stage.stack.run(out_order_no).result();
    const { body } = await stage.stack.api.read(out_order_no);
    assert.deepEqual(event?.data, { out_order_no, phase: 'paid', order: body });
    assert.equal(receiver.of(out_order_no).length, 1);
    assert.deepEqual(receiver.unverified, []);
  });

  it('add six to the history of a paid order', async () => {
    const { out_order_no } = await inService(stage.stack);
    await stage.stack.api.complete(out_order_no, rentalEnd(500));
    await stage.stack.people.pay(out_order_no);
    await stage.stack.run(out_order_no).result();
    const events = await stage.stack.historyOf(out_order_no);
    assert.deepEqual(happened(events).slice(-5), [
      'UPSERT_WORKFLOW_SEARCH_ATTRIBUTES', // paid
      'ACTIVITY_TASK_SCHEDULED', // publishEvents
      'ACTIVITY_TASK_STARTED',
      'ACTIVITY_TASK_COMPLETED',
      'WORKFLOW_EXECUTION_COMPLETED',
    ]);
    assert.ok(events.length <= 50, `${events.length} events`);
  });

  it('has one for a trouble that begins and one for its end, and then the phase', async () => {
    const { out_order_no } = await inService(stage.stack);
    const respondAsync = { prefer: 'respond-async' };
    // More than the simulator's cap: WeChat refuses, and nobody waits for the answer.
    await stage.stack.api.complete(out_order_no, rentalEnd(90_000_000), respondAsync);
    const [began] = await receiver.arrived(out_order_no, 1);
    assert.equal(began?.type, 'service_order.trouble_began');
    assert.equal(began?.data.trouble, 'operation_refused');
    assert.equal(began?.data.phase, 'in_service');
    assert.equal(began?.data.order.trouble, 'operation_refused');
    await stage.stack.api.complete(out_order_no, rentalEnd(500));
    await stage.stack.people.pay(out_order_no);
    const told = await receiver.arrived(out_order_no, 3);
    assert.deepEqual(
      told.map(({ type, sequence }) => [type, sequence]),
      [
        ['service_order.trouble_began', 1],
        ['service_order.trouble_ended', 2],
        ['service_order.paid', 3],
      ],
    );
    assert.equal(new Set(told.map(({ id }) => id)).size, 3);
  });

  it('has one for an order that was rejected', async () => {
    const order = rental({ risk_fund: { amount: 100_000_000 } });
    await stage.stack.people.authorise(order.openid);
    const { status } = await stage.stack.api.open(order);
    assert.equal(status, 422);
    const [event] = await receiver.arrived(order.out_order_no, 1);
    assert.equal(event?.type, 'service_order.rejected');
    assert.equal(event?.data.order.last_refusal.reason, 'above_cap');
  });
});

describe('events by choice', () => {
  const stage = useStack({ events: ['authorizing', 'in_service', 'paying'] });
  const receiver = useReceiver(stage);

  it('are of the phases on the way as well, in their order, each as the order stood then', async () => {
    const { order, number, token } = await invited(stage.stack);
    await receiver.arrived(number, 1);
    await stage.stack.people.authoriseByToken(token, order.openid);
    await shown(stage.stack, number, { phase: 'in_service' });
    await stage.stack.api.complete(number, rentalEnd(500));
    await stage.stack.people.pay(number);
    const told = await receiver.arrived(number, 4);
    assert.deepEqual(
      told.map(({ type, sequence, data }) => [type, sequence, data.order.phase]),
      [
        ['service_order.authorizing', 1, 'authorizing'],
        ['service_order.in_service', 2, 'in_service'],
        ['service_order.paying', 3, 'paying'],
        ['service_order.paid', 4, 'paid'],
      ],
    );
  });
});
