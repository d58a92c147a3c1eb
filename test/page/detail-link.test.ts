/** WeChat's check of the signed link to an order: written from its document, and held to what our own side signs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifiedDetailLink } from '../../simulator/orders/detail-link.ts';
import { orderDetailJump } from '../../wechatpay/jump-parameters.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const ORDER = { mch_id: '1230000109', service_id: '500001', out_order_no: 'A-1_b' };

function link() {
  const { h5 } = orderDetailJump(ORDER, KEY, new Date('2026-11-30T00:00:00Z'));
  return Object.fromEntries(new URLSearchParams(h5.queryString));
}

test('takes what the merchant has signed with the APIv2 key', () => {
  const said = link();
  assert.deepEqual(verifiedDetailLink(said, KEY), said);
});

test('takes a link that was signed by another program', () => {
  const signed = {
    mch_id: '1230000109',
    service_id: '500001',
    out_order_no: 'A-1_b',
    timestamp: '1796000000',
    nonce_str: '5K8264ILTKCH16CQ2502SI8ZNMTM67VS',
    sign_type: 'HMAC-SHA256',
    sign: '8343005B9937D46E515431CD23F18589444BB1ED538690844761975DE6E9965B',
  };
  assert.ok(verifiedDetailLink(signed, KEY));
});

for (const field of ['mch_id', 'service_id', 'out_order_no', 'timestamp', 'nonce_str', 'sign']) {
  test(`refuses another ${field}`, () => {
    const { [field]: said = '' } = link();
    const other = (said.startsWith('1') ? '2' : '1') + said.slice(1);
    assert.equal(verifiedDetailLink({ ...link(), [field]: other }, KEY), undefined);
    const { [field]: _missing, ...rest } = link();
    assert.equal(verifiedDetailLink(rest, KEY), undefined);
  });
}

test('refuses a link that was signed with another key, or by another type', () => {
  assert.equal(verifiedDetailLink(link(), KEY.toUpperCase()), undefined);
  assert.equal(verifiedDetailLink({ ...link(), sign_type: 'MD5' }, KEY), undefined);
});
