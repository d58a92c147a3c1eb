/** Texts that people see: lengths in characters, and characters that WeChat Pay does not take. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OpenServiceOrder } from '../../schemas/open-service-order.ts';
import { faultsOf, FORBIDDEN_TEXTS } from './faults.ts';

const faults = (change: object) =>
  faultsOf(OpenServiceOrder, {
    out_order_no: 'R1',
    openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
    service_introduction: '充电宝租借',
    risk_fund: { amount: 9900 },
    ...change,
  });

/** Every text that people see, with its longest length. */
const texts: Record<string, [number, (text: string) => object]> = {
  '/service_introduction': [20, (text) => ({ service_introduction: text })],
  '/risk_fund/description': [30, (text) => ({ risk_fund: { amount: 1, description: text } })],
  '/time_range/start_time_remark': [20, (text) => ({ time_range: { start_time_remark: text } })],
  '/time_range/end_time_remark': [
    20,
    (text) => ({ time_range: { end_time: '20261001120000', end_time_remark: text } }),
  ],
  '/location/start_location': [20, (text) => ({ location: { start_location: text } })],
  '/location/end_location': [20, (text) => ({ location: { end_location: text } })],
  '/device/start_device_id': [50, (text) => ({ device: { start_device_id: text } })],
  '/device/end_device_id': [50, (text) => ({ device: { end_device_id: text } })],
  '/device/materiel_no': [100, (text) => ({ device: { materiel_no: text } })],
  '/post_payments/0/name': [20, (text) => ({ post_payments: [{ name: text }] })],
  '/post_payments/1/description': [
    30,
    (text) => ({ post_payments: [{ name: 'a' }, { name: 'b', description: text }] }),
  ],
  '/post_discounts/0/name': [20, (name) => ({ post_discounts: [{ name, description: 'd' }] })],
  '/post_discounts/0/description': [
    30,
    (description) => ({ post_discounts: [{ name: 'a', description }] }),
  ],
};

for (const [pointer, [longest, change]] of Object.entries(texts)) {
  test(`takes ${longest} characters in ${pointer}, and not one more`, () => {
    for (const character of ['x', '充', '\uffee']) {
      assert.deepEqual(faults(change(character.repeat(longest))), []);
      assert.deepEqual(faults(change(character.repeat(longest + 1))), [pointer]);
    }
  });

  test(`takes no forbidden text in ${pointer}`, () => {
    for (const [what, text] of Object.entries(FORBIDDEN_TEXTS)) {
      assert.deepEqual(faults(change(text)), [pointer], what);
    }
  });
}
