/** Days whose orders were paid in parts, with coupons, or told otherwise: every part is a transaction, and stands in the bill of its day. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { comeMorning, daysAgo, payingThen, play, reconciled } from '../../support/day.ts';
import { losesNotifications, shown } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import type { Telling } from '../../../simulator/control.ts';

const LONG = { timeout: 120_000 };

describe('a day with payments', { concurrency: 1 }, () => {
  const stage = useStack({ pollDelaysMs: [3_600_000] });

  it('in parts is balanced, and so is the next, where the rest was paid', LONG, async () => {
    const { stack } = stage;
    const { people } = stack;
    const [first, second] = [daysAgo(6), daysAgo(5)];
    await play(stack, first);
    const [days, channels, mixed, unheard] = [
      await payingThen(stack),
      await payingThen(stack),
      await payingThen(stack),
      await payingThen(stack),
    ];
    await people.pay(days.out_order_no, { amount: 300 });
    await people.pay(channels.out_order_no, { amount: 100 });
    await people.payFromPage(channels.out_order_no);
    await people.pay(mixed.out_order_no, { amount: 200, paid_type: 'MCH' });
    await people.pay(mixed.out_order_no);
    await losesNotifications(stack, unheard.out_order_no);
    await people.pay(unheard.out_order_no, { amount: 50 });
    await play(stack, second);
    await people.pay(days.out_order_no);
    await people.pay(unheard.out_order_no);
    for (const { out_order_no } of [days, channels, mixed]) {
      await shown(stack, out_order_no, { phase: 'paid', trouble: undefined });
    }
    await comeMorning(stack);

    // What nobody had heard of is healed, and told.
    const before = await reconciled(stack, first);
    assert.deepEqual(before.report?.bill.payments, { count: 5, amount: 300 + 500 + 300 + 50 });
    assert.deepEqual(
      before.report.examples.map(({ kind, healed, out_order_no }) => [kind, healed, out_order_no]),
      [['paid_unnoticed', true, unheard.out_order_no]],
    );
    assert.deepEqual(before.report.agreed, { count: 4, amount: 1_100 });
    const after = await reconciled(stack, second);
    assert.deepEqual(after.report?.examples, []);
    assert.equal(after.state, 'balanced');
    assert.deepEqual(after.report.agreed, { count: 2, amount: 200 + 450 });
  });

  const TELLINGS: readonly (readonly [Telling, coupon: number | false])[] = [
    [{ paid_time: 'rfc3339' }, false],
    [{ paid_time: 'absent' }, false],
    [{ paid_time: 'beijing8', amounts: 'text' }, false],
    [{ details: 'flat' }, false],
    [{ promotion_detail: 'in_collection' }, 200],
    [{ promotion_detail: 'in_order', bank_type: null }, 200],
  ];

  it('that were told otherwise is balanced to the fen', LONG, async () => {
    const { stack } = stage;
    const bill_date = daysAgo(3);
    await play(stack, bill_date);
    for (const [telling, coupon] of TELLINGS) {
      const { out_order_no } = await payingThen(stack);
      await stack.people.setTelling(out_order_no, telling);
      await stack.people.pay(out_order_no, { coupon });
      await shown(stack, out_order_no, { phase: 'paid', trouble: undefined });
    }
    await comeMorning(stack);
    const { state, report } = await reconciled(stack, bill_date);
    assert.deepEqual(report?.examples, []);
    assert.equal(state, 'balanced');
    assert.deepEqual(report.agreed, { count: TELLINGS.length, amount: TELLINGS.length * 500 });
  });
});
