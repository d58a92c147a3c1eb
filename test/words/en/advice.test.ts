/** What is told of each of WeChat's refusals. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EN } from '../../../words/en.ts';
import { REASONS, reasonOf, type Reason } from '../../../payscore/refusals/refusal.ts';

for (const reason of REASONS) {
  test(`${reason} has a cause and an action, in whole sentences`, () => {
    const { cause, action } = EN.advice[reason];
    for (const text of [cause, action]) assert.match(text, /^[A-Z].{20,}\.$/);
    assert.notEqual(cause, action);
  });
}

test('no two reasons are told alike', () => {
  const told = REASONS.map((reason) => JSON.stringify(EN.advice[reason]));
  assert.equal(new Set(told).size, REASONS.length);
});

/** Chapter 4 of the guide, 常见问题: what it quotes, and what it says must be done. */
const ANSWERS: readonly (readonly [quoted: object, reason: Reason, told: readonly RegExp[]])[] = [
  [
    { code: 'NO_AUTH', message: '商户暂无权限使用此服务' },
    'no_permission',
    [/white list/, /白名单/, /WeChat id/, /mchid and appid/, /通用化接口权限/, /need_user_confirm/],
  ],
  [
    { code: 'PARAM_ERROR', message: '订单风险金额名称不符合要求' },
    'risk_fund',
    [/confirm-free/, /先享/, /ESTIMATE_ORDER_COST/],
  ],
  [
    { code: 'INVALID_REQUEST', message: '综合评估不通过' },
    'risk',
    [/assessment/, /another way to pay/],
  ],
  [
    { code: 'PARAM_ERROR', message: 'mch_id和appid未绑定' },
    'not_bound',
    [/mchid/, /appid/, /Bind/],
  ],
];

for (const [quoted, reason, told] of ANSWERS) {
  test(`what the guide answers to ${JSON.stringify(quoted)} is told`, () => {
    const refusal = { code: '', message: '', request_id: '', ...quoted };
    assert.equal(reasonOf(refusal), reason);
    const { cause, action } = EN.advice[reason];
    for (const words of told) assert.match(`${cause} ${action}`, words);
  });
}
