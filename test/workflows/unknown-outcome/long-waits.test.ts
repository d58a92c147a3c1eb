/** Waits of days, on a server that skips time. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { beijingTimeOf } from '../../../payscore/times/beijing-time.ts';
import { refresh } from '../../../workflows/contract.ts';
import { eventually } from '../../support/eventually.ts';
import { happened } from '../../support/events.ts';
import { rental, rentalEnd } from '../../support/orders.ts';
import { chargedOn, executedOn, losesNotifications, shown } from '../../support/play.ts';
import { useLongStack } from '../../support/time-skipping.ts';

const DAY = 86_400;
/** A minute, a tenth more, and time to get there. */
const FIRST_LOOK = 70;
const ASYNC = { prefer: 'respond-async' };

describe('a long wait', () => {
  const stage = useLongStack();

  async function inService(change: Record<string, unknown> = {}) {
    const order = rental(change);
    await stage.stack.people.authorise(order.openid);
    assert.ok([201, 202].includes((await stage.stack.api.open(order)).status));
    await shown(stage.stack, order.out_order_no, { phase: 'in_service' });
    return order;
  }

  it('of 30 days for a payment adds no event, and the payment is then found', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService();
    await losesNotifications(stack, out_order_no);
    await stage.pass(10);
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    await shown(stack, out_order_no, { phase: 'paying' });
    await stage.pass(FIRST_LOOK);
    await eventually(
      'the poll',
      async () =>
        happened(await stack.historyOf(out_order_no)).at(-1) === 'ACTIVITY_TASK_SCHEDULED',
    );
    const before = (await stack.historyOf(out_order_no)).length;

    await stage.pass(30 * DAY);
    assert.equal((await stack.historyOf(out_order_no)).length, before);
    const { raw } = await stack.run(out_order_no).describe();
    const [pending] = raw.pendingActivities ?? [];
    assert.ok((pending?.attempt ?? 0) > 50, `${pending?.attempt} attempts`);

    await stack.people.pay(out_order_no);
    await stage.pass(2 * DAY);
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
  });

  it('of a week for a payment ends with the callback', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService();
    await stage.pass(10);
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    await shown(stack, out_order_no, { phase: 'paying' });
    await stage.pass(7 * DAY);
    await stack.people.payFromPage(out_order_no);
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
    assert.equal(await chargedOn(stack, out_order_no), 500);
  });

  it('of 90 days in service costs no event, and the order is then completed as of the day it ended', async () => {
    const { stack } = stage;
    const { out_order_no } = await inService();
    const before = (await stack.historyOf(out_order_no)).length;
    await stage.pass(90 * DAY);
    assert.equal((await stack.historyOf(out_order_no)).length, before);
    await stack.api.complete(out_order_no, rentalEnd(5_000), ASYNC);
    await shown(stack, out_order_no, { phase: 'paying' });
    await stack.people.pay(out_order_no);
    assert.equal((await stack.run(out_order_no).result()).phase, 'paid');
    assert.deepEqual(await executedOn(stack, out_order_no), [
      'created 0',
      'completed 5000',
      'charged 5000',
    ]);
  });

  it('beyond the end that the caller expected is shown as overdue by a refresh, until the order is completed', async () => {
    const { stack } = stage;
    const { now } = await stack.people.clock();
    const end_time = beijingTimeOf(new Date(Date.parse(now) + 600_000), 14);
    const { out_order_no } = await inService({ time_range: { end_time } });
    await stage.pass(300);
    await stack.run(out_order_no).executeUpdate(refresh, { args: [{}] });
    await shown(stack, out_order_no, { phase: 'in_service', trouble: undefined });
    await stage.pass(600);
    await stack.run(out_order_no).executeUpdate(refresh, { args: [{}] });
    await shown(stack, out_order_no, { phase: 'in_service', trouble: 'overdue' });
    await stack.api.complete(out_order_no, rentalEnd(500), ASYNC);
    await shown(stack, out_order_no, { phase: 'paying', trouble: undefined });
  });
});
