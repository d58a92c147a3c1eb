/** With what a front end opens WeChat's own pages. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorizationJump, orderDetailJump } from '../../wechatpay/jump-parameters.ts';
import { SIGNED_AT } from './vectors.ts';

const TOKEN = 'DJIOSQPYWDxsjdldeuwhdodwxasd_dDiodnwjh9we+/=&';
const order = {
  mch_id: '1900000001',
  service_id: '20020000000000000000000000000001',
  out_order_no: 'R_1-a',
};
const API_V2_KEY = '0123456789abcdefABCDEF9876543210';
const NONCE = '593BEC0C930BF1AFEB40B4A08C8FB242';
const at = new Date(SIGNED_AT * 1000);

test('leads to the authorization page from a mini program, H5 and an app', () => {
  const query = `apply_permissions_token=${encodeURIComponent(TOKEN)}`;
  assert.deepEqual(authorizationJump(TOKEN), {
    mini_program: {
      businessType: 'wxpayScoreEnable',
      extraData: { apply_permissions_token: TOKEN },
    },
    h5: { businessType: 'wxpayScoreEnable', queryString: query },
    app: { businessType: 'wxpayScoreEnable', query, extInfo: '{"miniProgramType":0}' },
  });
});

test('signs the order page as the openssl command line does', () => {
  // printf 'mch_id=…&nonce_str=…&out_order_no=…&service_id=…&sign_type=HMAC-SHA256&timestamp=…&key=KEY' |
  //   openssl dgst -sha256 -hmac KEY
  const sign = 'A96828F0AE73643BF2463CA6A51293BE9407667A0E6615431191BE6821590007';
  const fields = {
    ...order,
    timestamp: '1893456000',
    nonce_str: NONCE,
    sign_type: 'HMAC-SHA256',
    sign,
  };
  const jump = orderDetailJump(order, API_V2_KEY, at, NONCE);
  const { businessType, extraData } = jump.mini_program;
  assert.deepEqual([businessType, extraData], ['wxpayScoreDetail', fields]);
  assert.deepEqual(Object.fromEntries(new URLSearchParams(jump.h5.queryString)), fields);
  assert.equal(jump.app.query, jump.h5.queryString);
  assert.deepEqual(JSON.parse(jump.app.extInfo), { miniProgramType: 0 });
});

test('signs every link to the order page anew', () => {
  const links = [1, 2].map(() => orderDetailJump(order, API_V2_KEY, at).mini_program.extraData);
  assert.notEqual(links[0]?.['nonce_str'], links[1]?.['nonce_str']);
  assert.notEqual(links[0]?.['sign'], links[1]?.['sign']);
  assert.match(links[0]?.['nonce_str'] ?? '', /^[0-9a-zA-Z]{1,32}$/);
});

test('shows the APIv2 key to nobody', () => {
  assert.ok(!JSON.stringify(orderDetailJump(order, API_V2_KEY, at)).includes(API_V2_KEY));
});
