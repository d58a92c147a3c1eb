/** Messages that tell of a payment as no document has it: settled with the right money, or in trouble that says what is odd. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OFTEN } from '../../support/delays.ts';
import { rental, rentalEnd } from '../../support/orders.ts';
import { chargedOn, known, losesNotifications, paying, shown } from '../../support/play.ts';
import type { Stack } from '../../support/stack.ts';
import { useStack } from '../../support/stage.ts';
import { chargesOf } from '../../../payscore/rules/charges.ts';
import type { OrderView } from '../../../payscore/order/view.ts';
import type { Telling } from '../../../simulator/control.ts';

type Row = readonly [what: string, Telling, coupon?: number | true];

/** Nothing of the money is hidden by it. */
const UNDERSTOOD: readonly Row[] = [
  ['with one detail as an object', { details: 'object' }],
  ['with the detail’s fields in the collection itself', { details: 'flat' }],
  ['with amounts as text', { amounts: 'text' }],
  ['without the time', { paid_time: 'absent' }],
  ['with the day alone', { paid_time: 'beijing8' }],
  ['with the time as RFC 3339', { paid_time: 'rfc3339' }],
  ['without a bank, fees as objects', { bank_type: null, post_payments: 'object' }],
  ['with a coupon in the detail', { bank_type: 'CMB_CREDIT' }, 200],
  ['with a coupon as an object', { promotion_detail: 'object' }, 200],
  ['with a coupon in the collection', { promotion_detail: 'in_collection' }, 200],
  ['with a coupon beside the collection', { promotion_detail: 'in_order' }, 200],
  ['with a full coupon beside the collection', { promotion_detail: 'in_order' }, true],
];

const PAID = { phase: 'paid' };
const LONG_MS = 45_000;

/** What was paid is not in it, or only a part: two parts of 300 and 200 were. */
const NOT_UNDERSTOOD: readonly (readonly [what: string, Telling, words: RegExp])[] = [
  ['without details', { details: 'absent' }, /DONE \/ USER_PAID.*details/],
  ['with empty details', { details: 'empty' }, /DONE \/ USER_PAID.*details/],
  ['without a collection', { collection: 'absent' }, /DONE.*collection/],
  ['with the last of two details', { details: 'object' }, /DONE \/ USER_PAID.*details/],
  ['with the fields of the last of two', { details: 'flat' }, /DONE \/ USER_PAID.*details/],
];

const HOW: Record<'callback' | 'poll', (stack: Stack, out_order_no: string) => Promise<void>> = {
  callback: async () => {},
  poll: losesNotifications,
};

describe('a payment that is told otherwise', { concurrency: 4 }, () => {
  const stage = useStack({ pollDelaysMs: OFTEN });

  for (const [by, prepared] of Object.entries(HOW)) {
    for (const [what, telling, coupon = 0] of UNDERSTOOD) {
      it(`${what} settles the order by ${by}, to the fen`, async () => {
        const { stack } = stage;
        const { out_order_no } = await paying(stack);
        await prepared(stack, out_order_no);
        await stack.people.setTelling(out_order_no, telling);
        await stack.people.pay(out_order_no, { coupon: coupon === 0 ? false : coupon });
        const paid = await shown(stack, out_order_no, PAID, LONG_MS);
        assert.deepEqual([paid.trouble, paid.total_amount], [undefined, 500]);
        assert.equal(chargedBy(paid), await chargedOn(stack, out_order_no));
        assert.equal(chargedBy(paid), coupon === true ? 0 : 500 - coupon);
        assert.match(paid.collection?.details[0]?.transaction_id ?? '', /^\d{28}$/);
      });
    }

    for (const [what, telling, words] of NOT_UNDERSTOOD) {
      it(`${what} is not guessed at: by ${by} the trouble says so, until WeChat tells`, async () => {
        const { stack } = stage;
        const { out_order_no } = await paying(stack);
        await prepared(stack, out_order_no);
        await stack.people.setTelling(out_order_no, telling);
        await stack.people.pay(out_order_no, { amount: 300 });
        await stack.people.pay(out_order_no);
        const { unresolved } = await shown(
          stack,
          out_order_no,
          { phase: 'paying', trouble: 'unresolved' },
          LONG_MS,
        );
        assert.match(unresolved, words);
        await stack.people.setTelling(out_order_no, {});
        await stack.api.refresh(out_order_no);
        const paid = await shown(stack, out_order_no, PAID, LONG_MS);
        assert.deepEqual([paid.trouble, paid.total_amount], [undefined, 500]);
        assert.equal(chargedBy(paid), 500);
      });
    }
  }

  it('in parts is one payment of the sum, and is paid with the last', async () => {
    const { stack } = stage;
    const { out_order_no } = await paying(stack);
    await losesNotifications(stack, out_order_no);
    await stack.people.pay(out_order_no, { amount: 200, paid_type: 'MCH' });
    await stack.people.pay(out_order_no, { amount: 100 });
    const { body } = await stack.api.refresh(out_order_no);
    assert.deepEqual([body.phase, body.trouble], ['paying', undefined]);
    assert.equal(body.collection.paying_amount, 200);
    await stack.people.payFromPage(out_order_no);
    const paid = await shown(stack, out_order_no, PAID, LONG_MS);
    assert.deepEqual([paid.trouble, chargedBy(paid)], [undefined, 300]);
  });

  it('through all of its life is completed, lowered and settled as any other', async () => {
    const { stack } = stage;
    const order = rental();
    const { out_order_no, openid } = order;
    await stack.people.authorise(openid);
    const telling = { details: 'object', amounts: 'text', post_payments: 'object' } as const;
    await stack.people.setBehaviour(openid, { telling });
    await known(() => stack.api.open(order));
    await shown(stack, out_order_no, { phase: 'in_service' });
    const completed = await known(() => stack.api.complete(out_order_no, rentalEnd(500)));
    assert.deepEqual([completed.status, completed.body.phase], [200, 'paying']);
    const lowered = { ...rentalEnd(300), reason: '多收退还' };
    const modified = await known(() => stack.api.modify(out_order_no, lowered));
    assert.deepEqual([modified.status, modified.body.total_amount], [200, 300]);
    await stack.people.pay(out_order_no);
    const paid = await shown(stack, out_order_no, PAID, LONG_MS);
    assert.deepEqual([paid.trouble, chargedBy(paid)], [undefined, 300]);
  });
});

/** In fen. */
function chargedBy(view: Pick<OrderView, 'collection'>): number {
  return chargesOf(view).reduce((sum, { amount = 0 }) => sum + amount, 0);
}
