/** What WeChat said before the last that was done to an order is old: its amount goes down, and stays down. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { clientOf } from '../../support/merchant.ts';
import { correction, rental, rentalEnd } from '../../support/orders.ts';
import {
  chargedOn,
  executedOn,
  known,
  losesNotifications,
  owing,
  paying,
  shown,
  strike,
  timesScheduled,
} from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import { useLongStack } from '../../support/time-skipping.ts';
import type { Stack } from '../../support/stack.ts';

const ASYNC = { prefer: 'respond-async' };

/** Another system of the merchant's, which does not ask ours. */
async function loweredElsewhere({ merchant }: Stack, number: string, total: number) {
  const { appid, service_id } = merchant;
  const wechatpay = clientOf(merchant);
  await wechatpay.modifyServiceOrder(number, { ...correction(total), appid, service_id });
  await wechatpay.close();
}

describe('an answer that comes late', { concurrency: 6 }, () => {
  const stage = useStack({ simulator: { policies: { modify_limit: 'none' } } });

  /** WeChat answers the next question as the order stands now, and so much later. */
  async function slow(number: string, delay_seconds = 5): Promise<void> {
    await strike(stage.stack, number, 'query', 'slow', { delay_seconds });
  }

  /** WeChat has taken the question that was to be slow. */
  async function isAsked(number: string): Promise<void> {
    await eventually('the question', async () => {
      const { faults } = await stage.stack.people.faults();
      return !faults.some(({ out_order_no }) => out_order_no === number);
    });
  }

  it('does not raise an amount that was lowered meanwhile, nor let it be raised', async () => {
    const { api, people, run } = stage.stack;
    const { out_order_no } = await paying(stage.stack);
    await slow(out_order_no);
    const refreshing = known(() => api.refresh(out_order_no));
    await isAsked(out_order_no);
    const lowered = await known(() => api.modify(out_order_no, correction(300)));
    assert.equal(lowered.body.total_amount, 300);

    assert.equal((await refreshing).body.total_amount, 300);
    assert.equal((await api.read(out_order_no)).body.total_amount, 300);
    const { status, body } = await api.modify(out_order_no, correction(400));
    assert.equal(status, 409);
    assert.match(body.detail, /lower than the present 300/);
    assert.deepEqual((await executedOn(stage.stack, out_order_no)).slice(2), ['modified 300']);
    await people.pay(out_order_no);
    const paid = await run(out_order_no).result();
    assert.deepEqual([paid.total_amount, paid.trouble], [300, undefined]);
    assert.equal(await chargedOn(stage.stack, out_order_no), 300);
  });

  it('between two corrections does not undo the second', async () => {
    const { api } = stage.stack;
    const { out_order_no } = await paying(stage.stack);
    await api.modify(out_order_no, correction(400));
    await slow(out_order_no);
    const refreshing = api.refresh(out_order_no);
    await isAsked(out_order_no);
    await api.modify(out_order_no, correction(200));
    await refreshing;
    assert.equal((await api.modify(out_order_no, correction(300))).status, 409);
    assert.deepEqual((await executedOn(stage.stack, out_order_no)).slice(2), [
      'modified 400',
      'modified 200',
    ]);
  });

  it('to a question that a message raised does not raise the amount, and WeChat is asked again', async () => {
    const { api, people } = stage.stack;
    const { out_order_no } = await paying(stage.stack);
    await slow(out_order_no);
    await people.announce(out_order_no, { openid: null });
    await isAsked(out_order_no);
    await api.modify(out_order_no, correction(300));
    await eventually('the answer', async () => {
      const { timeline } = (await api.read(out_order_no)).body;
      return timeline.some(({ event }: { event: string }) => event.startsWith('query:'));
    });
    assert.equal((await api.read(out_order_no)).body.total_amount, 300);
    assert.equal((await api.modify(out_order_no, correction(400))).status, 409);
    assert.equal(await timesScheduled(stage.stack, out_order_no, 'getServiceOrder'), 2);
  });

  it('does not raise the amount while the outcome of the correction is unknown', async () => {
    const { api } = stage.stack;
    const { out_order_no } = await paying(stage.stack);
    await slow(out_order_no, 3);
    const refreshing = api.refresh(out_order_no);
    await isAsked(out_order_no);
    await strike(stage.stack, out_order_no, 'modify', 'executed-then-cut');
    assert.equal((await api.modify(out_order_no, correction(300))).status, 200);
    await refreshing;
    assert.equal((await api.modify(out_order_no, correction(400))).status, 409);
    assert.deepEqual((await executedOn(stage.stack, out_order_no)).slice(2), ['modified 300']);
  });

  it('does not forget what is owed of a charge above the lowered amount', async () => {
    const { api, people } = stage.stack;
    const { out_order_no } = await paying(stage.stack);
    assert.equal((await api.modify(out_order_no, correction(300))).status, 200);
    await loweredElsewhere(stage.stack, out_order_no, 400);
    assert.equal((await api.refresh(out_order_no)).body.total_amount, 300);
    await losesNotifications(stage.stack, out_order_no);
    await people.pay(out_order_no);
    await api.refresh(out_order_no);
    const paid = await owing(stage.stack, out_order_no);
    assert.deepEqual([paid.phase, paid.trouble], ['paid', 'refund_due']);
    assert.deepEqual([paid.refund_due?.amount, paid.refund_due?.because], [100, 'modify']);
  });

  it('counts where it says that the order is paid', async () => {
    const { api, people } = stage.stack;
    const { out_order_no } = await paying(stage.stack);
    await losesNotifications(stage.stack, out_order_no);
    await people.pay(out_order_no);
    await slow(out_order_no, 3);
    const refreshing = api.refresh(out_order_no);
    await isAsked(out_order_no);
    await strike(stage.stack, out_order_no, 'query', 'cut', { times: 20 });
    await api.modify(out_order_no, correction(300), ASYNC);
    await refreshing;
    const paid = await owing(stage.stack, out_order_no);
    assert.deepEqual([paid.phase, paid.refund_due?.amount], ['paid', 200]);
  });
});

describe('a total above the one that WeChat had said yes to', () => {
  const stage = useLongStack({ simulator: { policies: { modify_limit: 'none' } } });

  async function lowered(): Promise<string> {
    const { api, people } = stage.stack;
    const order = rental();
    await people.authorise(order.openid);
    assert.equal((await api.open(order)).status, 201);
    await stage.pass(10);
    await api.complete(order.out_order_no, rentalEnd(500), ASYNC);
    await shown(stage.stack, order.out_order_no, { phase: 'paying' });
    await api.modify(order.out_order_no, correction(300), ASYNC);
    await shown(stage.stack, order.out_order_no, { total_amount: 300 });
    return order.out_order_no;
  }

  it('is not believed for 10 minutes; then it is, as trouble', async () => {
    const { stack } = stage;
    const number = await lowered();
    await loweredElsewhere(stack, number, 400);
    await stack.api.refresh(number, ASYNC);
    await stage.pass(500);
    assert.equal((await stack.api.read(number)).body.total_amount, 300);
    await stage.pass(1_200);
    const { total_amount } = await shown(stack, number, { trouble: 'amount_raised' });
    assert.equal(total_amount, 400);
  });

  it('that WeChat takes back within 10 minutes leaves no trace', async () => {
    const { stack } = stage;
    const number = await lowered();
    await loweredElsewhere(stack, number, 400);
    await stack.api.refresh(number, ASYNC);
    await stage.pass(100);
    assert.equal((await stack.api.read(number)).body.total_amount, 300);
    await loweredElsewhere(stack, number, 300);
    await stage.pass(1_200);
    const { body } = await stack.api.read(number);
    assert.deepEqual([body.total_amount, body.trouble], [300, undefined]);
  });
});
