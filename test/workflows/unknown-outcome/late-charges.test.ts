/** Money that moves when the order seems to be over, or not to have been completed: nobody is charged unseen. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { rfc3339Of } from '../../../payscore/times/beijing-time.ts';
import { OFTEN } from '../../support/delays.ts';
import { eventually } from '../../support/eventually.ts';
import { CANCELLATION, correction, rentalEnd } from '../../support/orders.ts';
import {
  chargedOn,
  executedOn,
  inService,
  isOnItsWay,
  known,
  losesNotifications,
  paying,
  shown,
  strike,
  timesScheduled,
} from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import { useLongStack } from '../../support/time-skipping.ts';

const LONG_MS = 45_000;
const ASYNC = { prefer: 'respond-async' };

describe('a charge that succeeds when the order is over', { concurrency: 4 }, () => {
  const stage = useStack();

  async function cancelled(): Promise<string> {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await known(() => stack.api.cancel(out_order_no, CANCELLATION));
    return out_order_no;
  }

  async function paidElsewhere(): Promise<string> {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await delay(2_000);
    const paid_time = rfc3339Of(new Date());
    await known(() => stack.api.sync(out_order_no, { paid_time }));
    return out_order_no;
  }

  const ENDS = [
    ['cancelled', cancelled, 'becomes_paid', 'cancelled'],
    ['cancelled, and stays so for WeChat', cancelled, 'stays', 'cancelled'],
    ['paid elsewhere', paidElsewhere, 'becomes_paid', 'paid_elsewhere'],
  ] as const;
  for (const [what, ended, becomes, because] of ENDS) {
    it(`is refund_due where it was ${what}, to the fen and by its own number`, async () => {
      const { stack } = stage;
      const out_order_no = await ended();
      await shown(stack, out_order_no, { phase: because });
      await stack.people.chargeAnyway(out_order_no, becomes);
      const paid = await shown(
        stack,
        out_order_no,
        { phase: 'paid', trouble: 'refund_due' },
        LONG_MS,
      );
      const { transaction_id } = paid.collection.details.at(-1);
      assert.match(transaction_id, /^\d{28}$/);
      assert.deepEqual(paid.refund_due, { amount: 500, transaction_id, because });
      assert.equal(await chargedOn(stack, out_order_no), 500);
    });
  }

  it('is found by a refresh where its callback is lost', async () => {
    const { stack } = stage;
    const out_order_no = await cancelled();
    await losesNotifications(stack, out_order_no);
    await stack.people.chargeAnyway(out_order_no);
    await known(() => stack.api.adopt(out_order_no));
    const paid = await shown(stack, out_order_no, { phase: 'paid' }, LONG_MS);
    assert.deepEqual([paid.trouble, paid.refund_due?.amount], ['refund_due', 500]);
  });

  it('in parts that crossed a cancellation names every number, since a refund is of one of them', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await stack.people.pay(out_order_no, { amount: 300 });
    await strike(stack, out_order_no, 'cancel', 'cut');
    await strike(stack, out_order_no, 'query', 'cut', { times: 2 });
    await stack.api.cancel(out_order_no, CANCELLATION, ASYNC);
    await isOnItsWay(stack, out_order_no);
    await stack.people.pay(out_order_no);
    const paid = await shown(stack, out_order_no, { phase: 'paid' });
    assert.deepEqual(paid.refund_due, { amount: 500, because: 'cancel' });
    const { currentDetails } = await stack
      .run(out_order_no)
      .query<{ currentDetails: string }>('__temporal_workflow_metadata');
    for (const { transaction_id } of paid.collection.details) {
      assert.ok(currentDetails.includes(transaction_id));
    }
  });

  it('is told once, whatever ids WeChat gives the same event', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await stack.people.planNotificationFault({ fault: 'under-new-id', out_order_no });
    await stack.people.pay(out_order_no);
    await shown(stack, out_order_no, { phase: 'paid' });
    const [first] = await stack.people.notifications(out_order_no);
    await stack.people.resend(first?.id ?? '');
    await stack.people.announce(out_order_no);
    await eventually('three deliveries', async () => {
      const all = await stack.people.notifications(out_order_no);
      const statuses = all.flatMap(({ attempts }) => attempts.map(({ status }) => status));
      return statuses.length === 3 && statuses.every((status) => status === 204);
    });
    const paid = await shown(stack, out_order_no, { phase: 'paid' });
    assert.deepEqual(
      [paid.trouble, paid.refund_due, paid.total_amount],
      [undefined, undefined, 500],
    );
    const told = paid.timeline.filter(({ event }: { event: string }) => /USER_PAID/.test(event));
    assert.equal(told.length, 1);
  });
});

describe('what WeChat refuses and does later', { concurrency: 4 }, () => {
  const stage = useStack({ pollDelaysMs: OFTEN });
  const LATE = { delay_seconds: 3, refusal: 'orderState' } as const;

  async function refusedCompletion(): Promise<string> {
    const { stack } = stage;
    const { out_order_no } = await inService(stack);
    await strike(stack, out_order_no, 'complete', 'refused-executed-late', LATE);
    const { status } = await known(() => stack.api.complete(out_order_no, rentalEnd(500)));
    assert.equal(status, 422);
    await eventually(
      'the completion',
      async () => (await executedOn(stack, out_order_no)).length === 2,
    );
    return out_order_no;
  }

  it('a completion: asked for again with the same total it is done, and paid once', async () => {
    const { stack } = stage;
    const out_order_no = await refusedCompletion();
    const again = await known(() => stack.api.complete(out_order_no, rentalEnd(500)));
    assert.deepEqual([again.status, again.body.phase], [200, 'paying']);
    await stack.people.pay(out_order_no);
    const paid = await shown(stack, out_order_no, { phase: 'paid' });
    assert.equal(paid.trouble, undefined);
    assert.deepEqual(await executedOn(stack, out_order_no), [
      'created 0',
      'completed 500',
      'charged 500',
    ]);
  });

  it('a completion: another total gets a 409 that names the one that stands, which can be lowered', async () => {
    const { stack } = stage;
    const out_order_no = await refusedCompletion();
    const again = await known(() => stack.api.complete(out_order_no, rentalEnd(300)));
    assert.equal(again.status, 409);
    assert.match(again.body.detail, /total_amount 500/);
    const lowered = await known(() => stack.api.modify(out_order_no, correction(300)));
    assert.equal(lowered.status, 200);
    await stack.people.pay(out_order_no);
    const paid = await shown(stack, out_order_no, { phase: 'paid' });
    assert.deepEqual([paid.trouble, paid.total_amount], [undefined, 300]);
  });

  it('a completion: paid before anybody asks again, it is paid, by the callback', async () => {
    const { stack } = stage;
    const out_order_no = await refusedCompletion();
    await stack.people.pay(out_order_no);
    const paid = await shown(stack, out_order_no, { phase: 'paid' });
    assert.deepEqual([paid.total_amount, paid.refund_due], [500, undefined]);
  });

  it('a cancellation: the poll finds it, and nothing is charged', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await strike(stack, out_order_no, 'cancel', 'refused-executed-late', LATE);
    const { status } = await known(() => stack.api.cancel(out_order_no, CANCELLATION));
    assert.equal(status, 422);
    const body = await shown(stack, out_order_no, { phase: 'cancelled' });
    assert.equal(body.trouble, undefined);
    assert.equal(await chargedOn(stack, out_order_no), 0);
  });

  it('a correction: paid at the lower amount, and nothing is owed', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await strike(stack, out_order_no, 'modify', 'refused-executed-late', LATE);
    const { status } = await known(() => stack.api.modify(out_order_no, correction(300)));
    assert.equal(status, 422);
    await eventually(
      'the correction',
      async () => (await executedOn(stack, out_order_no)).length === 3,
    );
    await stack.people.pay(out_order_no);
    const paid = await shown(stack, out_order_no, { phase: 'paid' });
    assert.deepEqual([paid.total_amount, paid.trouble], [300, undefined]);
  });
});

describe('收款结果不明', () => {
  const stage = useLongStack();

  it('is no refusal: a sync is sent again in 3 minutes, and the charge that comes of it all the same is owed', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await stack.people.openChargingWindow(out_order_no, 100, 'collectionUnclear');
    await delay(2_000);
    const paid_time = rfc3339Of(new Date());
    await stack.api.sync(out_order_no, { paid_time }, ASYNC);
    const sent = () => timesScheduled(stack, out_order_no, 'syncServiceOrder');
    await eventually('a sync', async () => (await sent()) === 1);
    await shown(stack, out_order_no, { phase: 'paying', trouble: undefined });
    await stage.pass(185);
    const synced = await shown(stack, out_order_no, { phase: 'paid_elsewhere' });
    assert.deepEqual([synced.trouble, await sent()], [undefined, 2]);
    await stack.people.chargeAnyway(out_order_no);
    const paid = await shown(stack, out_order_no, { phase: 'paid' }, LONG_MS);
    assert.deepEqual([paid.refund_due?.amount, paid.refund_due?.because], [500, 'paid_elsewhere']);
  });
});
