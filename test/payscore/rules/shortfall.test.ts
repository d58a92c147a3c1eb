/** Less was collected than the order was completed with; coupons are no loss, wherever WeChat's pages put them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortfallOf } from '../../../payscore/rules/shortfall.ts';
import type { ServiceOrder } from '../../../schemas/service-order.ts';

type Detail = NonNullable<ServiceOrder['collection']>['details'][number];
const coupon = (amount: unknown) => [{ coupon_id: 'C', amount }] as Detail['promotion_detail'];
const newton = (amount: number | undefined, promotion_detail?: Detail['promotion_detail']) =>
  ({
    paid_type: 'NEWTON',
    amount,
    ...(promotion_detail !== undefined && { promotion_detail }),
  }) as Detail;
const of = (details: Detail[], more: object = {}, collection: object = {}) => ({
  ...{ total_amount: 1_000, ...more },
  collection: { state: 'USER_PAID', details, ...collection },
});

// what, the order, what was agreed here, what is missing
for (const [what, order, agreed, missing] of [
  ['600 of 1,000', of([newton(600)]), undefined, 400],
  ['600 of 1,000 that were agreed', of([newton(600)]), 1_000, 400],
  ['all of it', of([newton(1_000)]), 1_000, 0],
  ['in two parts', of([newton(600), newton(400)]), undefined, 0],
  [
    'the rest by the merchant',
    of([newton(600), { ...newton(400), paid_type: 'MCH' }]),
    undefined,
    0,
  ],
  ['more than it is', of([newton(1_200)]), undefined, 0],
  ['less than WeChat’s total, and what was agreed', of([newton(600)]), 600, 0],
  ['less than was agreed, and WeChat’s total', of([newton(600)], { total_amount: 600 }), 1_000, 0],
  ['a coupon in the part', of([newton(600, coupon(400))]), undefined, 0],
  ['a coupon that is too small', of([newton(600, coupon(300))]), undefined, 100],
  ['a coupon in letters', of([newton(600, coupon('400'))]), undefined, 0],
  ['a coupon that is an object', of([newton(600, { amount: 400 })]), undefined, 0],
  [
    'a coupon in the collection',
    of([newton(600)], {}, { promotion_detail: coupon(400) }),
    undefined,
    0,
  ],
  ['a coupon in the order', of([newton(600)], { promotion_detail: coupon(400) }), undefined, 0],
  ['a coupon that says nothing', of([newton(600, coupon(undefined))]), undefined, 0],
  ['a part that says nothing', of([newton(600), newton(undefined)]), undefined, 0],
  ['nothing, as where a coupon pays for all', of([newton(0)]), undefined, 0],
  ['no total', of([newton(600)], { total_amount: undefined }), undefined, 0],
  ['no total but what was agreed', of([newton(600)], { total_amount: undefined }), 700, 100],
  ['nothing told', { total_amount: 1_000 }, undefined, 0],
] as const) {
  test(`of an order that was charged ${what}, ${missing} are missing`, () => {
    assert.equal(shortfallOf(order, agreed), missing);
  });
}
