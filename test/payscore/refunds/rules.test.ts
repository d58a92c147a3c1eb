/** What may be refunded, and when: to the fen, fifty times, for a year, a minute apart. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { chargeOf } from '../../../payscore/refunds/charge.ts';
import {
  newRefunds,
  refundOf,
  withRefund,
  type RefundRecord,
  type Refunds,
  type RefundState,
} from '../../../payscore/refunds/refunds.ts';
import {
  nextToSend,
  refundedOf,
  refundFault,
  refundTroubleOf,
  reservedOf,
  toWatch,
  waitBefore,
} from '../../../payscore/refunds/rules.ts';
import { isAbout, told } from '../../../payscore/refunds/told.ts';
import { REFUND_STATUSES, type Refund } from '../../../schemas/refund.ts';

const NOW = new Date('2026-10-02T12:00:00+08:00');
const PAID_AT = '2026-10-01T12:00:00+08:00';
const service = { mchid: '1900000001', appid: 'wx1', service_id: '5', notify_url: 'https://x/y' };
const opening = { service, out_order_no: 'R1', transaction_id: '42' };
const all = (...refunds: RefundRecord[]): Refunds => ({
  ...newRefunds(opening),
  charge: { total: 1_000, paidAt: PAID_AT },
  refunds,
});
const record = (state: RefundState, amount = 100, out_refund_no = 'a'): RefundRecord => ({
  ...{ out_refund_no, amount, digest: 'd', receivedAt: PAID_AT, state },
});
const said = (status: Refund['status'], change: Partial<Refund> = {}): Refund => ({
  ...{ refund_id: '50', out_refund_no: 'a', transaction_id: '42', status },
  ...{ user_received_account: undefined, create_time: undefined, success_time: undefined },
  amount: { total: 1_000, refund: 100 },
  ...change,
});

test('what is on its way counts as paid back; what was closed or refused does not', () => {
  const states = ['waiting', 'unknown', 'not_enough', 'processing', 'abnormal', 'success'] as const;
  for (const state of states) assert.equal(reservedOf([record(state)]), 100, state);
  for (const state of ['closed', 'refused'] as const) assert.equal(reservedOf([record(state)]), 0);
  assert.equal(refundedOf([record('success'), record('processing')]), 100);
});

test('a refund of all that is left is allowed, and of one fen more is not', () => {
  assert.equal(refundFault(all(record('processing', 400)), 600, NOW), undefined);
  assert.deepEqual(refundFault(all(record('processing', 400)), 601, NOW), {
    ...{ code: 'refund_above_left', left: 600, total: 1_000 },
  });
});

test('what was not charged cannot be refunded', () => {
  assert.deepEqual(refundFault({ ...all(), charge: null }, 1, NOW), { code: 'nothing_to_refund' });
});

test('a payment is refunded fifty times, refusals not counted', () => {
  const many = Array.from({ length: 49 }, (_, nth) => record('success', 1, String(nth)));
  assert.equal(refundFault(all(...many, record('refused')), 1, NOW), undefined);
  assert.equal(refundFault(all(...many, record('closed')), 1, NOW)?.code, 'too_many_refunds');
});

test('a payment is refunded for 365 days, to the moment', () => {
  const last = new Date(Date.parse(PAID_AT) + 365 * 86_400_000);
  assert.equal(refundFault(all(), 1, last), undefined);
  assert.equal(refundFault(all(), 1, new Date(last.getTime() + 1))?.code, 'refund_too_late');
});

test('a new number waits for the rest of a minute', () => {
  assert.equal(waitBefore(all(), NOW), 0);
  const at = (ms: number) => ({ ...all(), appliedAt: new Date(NOW.getTime() - ms).toISOString() });
  assert.equal(waitBefore(at(0), NOW), 60_000);
  assert.equal(waitBefore(at(59_999), NOW), 1);
  assert.equal(waitBefore(at(60_001), NOW), 0);
});

test('they are sent in the order in which they were asked for, and watched until they end', () => {
  const some = all(record('success', 1, 'a'), record('waiting', 1, 'b'), record('unknown', 1, 'c'));
  assert.equal(nextToSend(some)?.out_refund_no, 'b');
  assert.equal(nextToSend(all(record('not_enough')))?.out_refund_no, 'a');
  assert.equal(nextToSend(all(record('refused'))), undefined);
  assert.equal(toWatch(all(record('processing'), record('abnormal', 1, 'b'))).length, 2);
  assert.equal(toWatch(some).length, 0);
});

test('the gravest trouble is told in one word', () => {
  const misconfigured = { code: 'failure', words: 'no' } as const;
  const both = all(record('not_enough'), record('abnormal', 1, 'b'));
  assert.equal(refundTroubleOf({ ...both, misconfigured }), 'misconfigured');
  assert.equal(refundTroubleOf(both), 'refund_abnormal');
  assert.equal(refundTroubleOf(all(record('not_enough'))), 'refund_not_enough');
  assert.equal(refundTroubleOf(all(record('processing'))), undefined);
});

test('WeChat’s word is about the refund of this number, transaction and amount', () => {
  assert.ok(isAbout(all(record('unknown')), said('PROCESSING')));
  assert.ok(!isAbout(all(record('unknown')), said('PROCESSING', { transaction_id: '43' })));
  const amount = { total: 1_000, refund: 99 };
  assert.ok(!isAbout(all(record('unknown')), said('SUCCESS', { amount })));
  assert.ok(isAbout(all(), said('SUCCESS', { amount })));
});

test('what was made in the merchant platform is one of them; what has ended is told once', () => {
  const after = told(all(), said('SUCCESS', { success_time: PAID_AT }), NOW);
  assert.deepEqual(after.refunds, [
    {
      ...{
        out_refund_no: 'a',
        amount: 100,
        digest: '',
        isOfConsole: true,
        receivedAt: NOW.toISOString(),
      },
      ...{ state: 'success', refund_id: '50', success_time: PAID_AT },
      ...{ why: undefined, refusal: undefined, unknownSince: undefined, sentUntil: undefined },
    },
  ]);
  assert.equal(told(after, said('CLOSED'), NOW), after);
});

test('a refund is of the total before coupons, wherever WeChat tells of those', () => {
  const detail = {
    ...{ paid_type: 'NEWTON', amount: 700, transaction_id: '42', paid_time: '20261001120000' },
  };
  const coupon = [{ amount: 300 }];
  const of = (more: object, around: object = {}, order: object = {}) =>
    chargeOf(
      {
        collection: { state: 'USER_PAID', details: [{ ...detail, ...more }], ...around },
        ...order,
      },
      '42',
    );
  assert.deepEqual(of({}), { total: 700, paidAt: PAID_AT });
  assert.equal(of({ promotion_detail: coupon })?.total, 1_000);
  assert.equal(of({ promotion_detail: { amount: '300' } })?.total, 1_000);
  assert.equal(of({}, { promotion_detail: coupon })?.total, 1_000);
  assert.equal(of({}, {}, { promotion_detail: coupon })?.total, 1_000);
  assert.equal(of({ promotion_detail: coupon }, { promotion_detail: coupon })?.total, 1_000);
  assert.equal(of({ transaction_id: '43' }), null);
  // Without its time it was paid all the same: how long ago, WeChat Pay knows.
  assert.deepEqual(of({ paid_time: 'soon' }), { total: 700 });
  assert.equal(of({ paid_type: 'MCH' }), null);
  assert.equal(chargeOf(null, '42'), null);
});

test('whatever is asked for and told, never more is reserved than was paid, and never more is back than was reserved', () => {
  const step = fc.oneof(
    fc.record({ ask: fc.integer({ min: 1, max: 700 }) }),
    fc.record({ tell: fc.nat(9), status: fc.constantFrom(...REFUND_STATUSES) }),
    fc.record({ refuse: fc.nat(9) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let now = all();
      for (const it of steps) {
        if ('ask' in it) {
          if (refundFault(now, it.ask, NOW)) continue;
          const number = String(now.refunds.length);
          now = all(...now.refunds, record('waiting', it.ask, number));
        } else if ('tell' in it) {
          const known = refundOf(now, String(it.tell));
          if (!known || known.state === 'refused') continue;
          const { out_refund_no, amount: refund } = known;
          const amount = { total: 1_000, refund };
          now = told(
            now,
            said(it.status, { out_refund_no, amount, refund_id: out_refund_no }),
            NOW,
          );
        } else if (refundOf(now, String(it.refuse))?.state === 'waiting') {
          now = withRefund(now, String(it.refuse), { state: 'refused' });
        }
        assert.ok(reservedOf(now.refunds) <= 1_000);
        assert.ok(refundedOf(now.refunds) <= reservedOf(now.refunds));
      }
    }),
    { numRuns: 500 },
  );
});
