/** Which bytes are a JSON object. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonObjectOf } from '../../wechatpay/json.ts';

test('an object in UTF-8 is one', () => {
  assert.deepEqual(jsonObjectOf(Buffer.from('{"name":"租金"}')), { name: '租金' });
});

for (const text of ['', '[]', '[{}]', 'null', '1', '"{}"', '{"a":1', '<html>']) {
  test(`${JSON.stringify(text)} is none`, () => {
    assert.equal(jsonObjectOf(Buffer.from(text)), undefined);
  });
}

test('bytes that are no UTF-8 are none: what stood there would be guessed', () => {
  const bytes = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}')]);
  assert.equal(jsonObjectOf(bytes), undefined);
});
