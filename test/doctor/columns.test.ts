/** Text in columns: what is full-width takes two, and a line is broken where a reader expects it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { padded, widthOf, wrapped } from '../../doctor/columns.ts';

for (const [text, width] of [
  ['warning', 7],
  ['警告', 4],
  ['API安全 → APIv3密钥。', 21],
  ['PUB_KEY_ID_…（“它”）', 20],
  ['𠮷', 2],
] as const) {
  test(`${text} is ${width} columns wide`, () => assert.equal(widthOf(text), width));
}

test('what is shorter is filled up to the same column', () => {
  const columns = ['ok', '正常', '未知'].map((text) => widthOf(padded(text, 7)));
  assert.deepEqual(columns, [7, 7, 7]);
  assert.equal(padded('longer than that', 7), 'longer than that');
});

test('a line is broken at spaces', () => {
  assert.deepEqual(wrapped('one two three', 8), ['one two', 'three']);
});

test('a line is broken behind full-width punctuation, by the columns that it takes', () => {
  assert.deepEqual(wrapped('时钟不准，签名无效。请校准。', 20), [
    '时钟不准，签名无效。',
    '请校准。',
  ]);
  assert.deepEqual(wrapped('时钟不准，签名无效。请校准。', 19), [
    '时钟不准，',
    '签名无效。请校准。',
  ]);
});

test('no line begins with what closes', () => {
  assert.deepEqual(wrapped('先看（见文档）。再看“说明。”完', 16), [
    '先看（见文档）。',
    '再看“说明。”完',
  ]);
});

test('what has no place to be broken stays whole, however long', () => {
  const path = '/run/secrets/payscore/apiclient_key.pem';
  assert.deepEqual(wrapped(`见 ${path}，权限不对。`, 20), ['见', `${path}，`, '权限不对。']);
  assert.deepEqual(wrapped('商户平台', 2), ['商户平台']);
});
