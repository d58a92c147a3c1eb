/** How a PARAM_ERROR names the field and the rule inside its message, as merchants see it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareSimulator } from './merchant.ts';

const { merchant } = await shareSimulator({ policies: { parameter_error: 'message' } });

const cases: [rule: string, change: object, value: unknown, message: string][] = [
  [
    'a text that is too long',
    { service_introduction: '长'.repeat(21) },
    21,
    '输入源“/body/service_introduction”映射到值字段“service_introduction”字符串规则校验失败，字符数 21，大于最大值 20',
  ],
  [
    'an amount that is too small',
    { risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 0 } },
    0,
    '输入源“/body/risk_fund/amount”映射到数值字段“amount”规则校验失败，值小于最小值 1',
  ],
  [
    'a list that is too long',
    { post_payments: Array.from({ length: 101 }, (_, i) => ({ name: `n${i}`, amount: 1 })) },
    101,
    '输入源“/body/post_payments”映射到数组字段“post_payments”规则校验失败，元素个数 101，大于最大值 100',
  ],
  [
    'a field that is missing',
    { openid: undefined },
    '',
    '输入源“/body/openid”映射到字段“openid”必填性规则校验失败，此字段为必填项',
  ],
  [
    'a field of another type',
    { openid: 4 },
    '4',
    '无法将 JSON 输入源“/body/openid”映射到目标字段“openid”中，此字段需要一个 string 类型的 Json 值',
  ],
  [
    'a text outside its alphabet',
    { out_order_no: '订单号' },
    '订单号',
    '输入源“/body/out_order_no”映射到值字段“out_order_no”字符串规则校验失败，字符串必须匹配正则表达式“/^[0-9A-Za-z_\\-|*]{1,32}$/”',
  ],
];
for (const [rule, change, value, message] of cases) {
  test(`names in the message, and not in the detail, the place of ${rule}`, async () => {
    const { status, json } = await merchant.create(merchant.createBody('F1', change));
    assert.deepEqual([status, json.code, json.message], [400, 'PARAM_ERROR', message]);
    assert.deepEqual(json.detail, { location: 'body', value });
  });
}

test('names a parameter of the query and of the path by where it stands', async () => {
  const query = await merchant.send('GET', '/v3/payscore/serviceorder?service_id=1');
  assert.match(query.json.message, /“\/query\/appid”/);
  const path = await merchant.change('cancel', 'a'.repeat(33), merchant.changeBody());
  assert.match(path.json.message, /“\/path\/out_order_no”/);
});
