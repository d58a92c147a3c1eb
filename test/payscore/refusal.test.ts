/** Why WeChat refused, in a word that business code can act on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonOf } from '../../payscore/refusal.ts';

const refusal = { code: 'INVALID_REQUEST', message: '', request_id: '08F1A2B3C4-1' };

for (const [number, reason] of Object.entries({
  271300099: 'risk',
  271299627: 'open_orders',
  268503786: 'no_permission',
  271302149: 'not_bound',
  271316656: 'risk_fund',
  271302144: 'not_bound',
  271316754: 'charging',
  271302262: 'state',
  271302332: 'state',
  271302333: 'state',
  271316592: 'state',
  271316657: 'state',
  271316598: 'repeated',
  271317510: 'other',
  271316574: 'other',
  268560785: 'other',
})) {
  test(`the number ${number} behind the Request-ID means ${reason}`, () => {
    assert.equal(reasonOf({ ...refusal, request_id: `08F1A2B3C4-${number}` }), reason);
  });
}

for (const [message, reason] of Object.entries({
  综合评估不通过: 'risk',
  存在未完结订单: 'open_orders',
  存在未完成订单: 'open_orders',
  同一实名身份下进行中订单过多: 'open_orders',
  超时未支付记录累计过多: 'open_orders',
  mch_id和appid未绑定: 'not_bound',
  订单风险金额名称不符合要求: 'risk_fund',
  订单风险金名称不符合要求: 'risk_fund',
  创建订单的订单风险金额超过此服务的服务风险金额: 'risk_fund',
  总金额超过此服务的服务风险金额: 'risk_fund',
  '单据正在扣款中，请稍后再试': 'charging',
  订单重入参数校验失败: 'repeated',
  其他原因185: 'other',
  '已开启青少年模式支付限额，请联系监护人': 'other',
  '': 'other',
})) {
  test(`the words '${message}' mean ${reason}, when the number is unknown`, () => {
    assert.equal(reasonOf({ ...refusal, message }), reason);
    assert.equal(reasonOf({ ...refusal, message: `${message}\t`, request_id: '' }), reason);
  });
}

test('NO_AUTH means no_permission, whatever its words', () => {
  for (const message of ['商户暂无权限使用此服务\t', '请检查服务授权状态', '']) {
    assert.equal(reasonOf({ ...refusal, code: 'NO_AUTH', message }), 'no_permission');
  }
});

for (const code of ['INVALID_ORDER_STATE', 'ORDER_CANCELED', 'ORDER_DONE']) {
  test(`${code} means state, when number and words are unknown`, () => {
    assert.equal(reasonOf({ ...refusal, code }), 'state');
  });
}

test('the number counts more than words and code', () => {
  const contradiction = { code: 'NO_AUTH', message: '存在未完结订单', request_id: 'AB-271300099' };
  assert.equal(reasonOf(contradiction), 'risk');
});

test('a known number counts only behind the last dash', () => {
  for (const request_id of ['271300099', '271300099-0', 'AB-271300099-1', 'AB-2713000990']) {
    assert.equal(reasonOf({ ...refusal, request_id }), 'other');
  }
});
