/** Why WeChat refused, in a word that business code can act on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNotSetUp, REASONS, reasonOf } from '../../../payscore/refusals/refusal.ts';

const refusal = { code: 'INVALID_REQUEST', message: '', request_id: '08F1A2B3C4-1' };

for (const [number, reason] of Object.entries({
  271300099: 'risk',
  271299627: 'open_orders',
  268503786: 'no_permission',
  271302149: 'not_bound',
  271316656: 'above_cap',
  271316637: 'time_range',
  268560785: 'teen_mode',
  268435464: 'parameters',
  268435472: 'throttled',
  270924332: 'signature',
  271302144: 'not_bound',
  271316754: 'charging',
  271302262: 'state',
  271302332: 'state',
  271302333: 'state',
  271316592: 'state',
  271316657: 'state',
  271316598: 'repeated',
  271317510: 'not_found',
  268445527: 'not_bound',
  268435461: 'parameters',
  270924358: 'parameters',
  268447840: 'throttled',
  268498688: 'repeated',
  268512771: 'not_found',
  271316574: 'other',
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
  创建订单的订单风险金额超过此服务的服务风险金额: 'above_cap',
  总金额超过此服务的服务风险金额: 'above_cap',
  最终总金额计算非法: 'wrong_total',
  '创建订单未填写服务结束时间，则结束时间必填': 'time_range',
  实际结束时间不能晚于使用完结接口的时间: 'time_range',
  真实结束时间小于预计开始时间: 'time_range',
  当前订单状态不合法: 'state',
  完结订单状态不合法: 'state',
  当前订单状态不满足撤销条件: 'state',
  '仅服务订单支付状态为待支付时，才可使用此能力': 'state',
  '单据正在扣款中，请稍后再试': 'charging',
  '收款结果不明，请稍后再试': 'charging',
  订单重入参数校验失败: 'repeated',
  其他原因185: 'parameters',
  综合评估未通过: 'risk',
  appid和mch_id不匹配: 'not_bound',
  'mch_id 不存在': 'not_bound',
  mchid不存在: 'not_bound',
  appid和mchid不匹配: 'not_bound',
  app_id和mch_id不匹配: 'not_bound',
  '请求重入时，参数与首次请求时不一致': 'repeated',
  用户未开启服务: 'not_authorised',
  用户未授权此服务: 'not_authorised',
  请检查服务授权状态: 'not_authorised',
  请求操作的授权记录不存在: 'not_authorised',
  没有相应接口权限: 'no_permission',
  产品权限异常: 'no_permission',
  '商户号该产品权限未开通，请前往商户平台>产品中心检查后重试': 'no_permission',
  此IP地址不允许调用该接口: 'no_permission',
  商户暂无权限使用此服务: 'no_permission',
  商户无权限: 'no_permission',
  订单风险名称不符合要求: 'risk_fund',
  订单不存在: 'not_found',
  请求频率超过限制: 'throttled',
  无效的openid: 'parameters',
  'Openid格式错误或者不属于商家公众账号，请检查': 'parameters',
  '请求异常，请稍后重试': 'unavailable',
  '系统繁忙，请稍后重试': 'unavailable',
  '已开启青少年模式支付限额，请联系监护人': 'teen_mode',
  '': 'other',
})) {
  test(`the words '${message}' mean ${reason}, when the number is unknown`, () => {
    assert.equal(reasonOf({ ...refusal, message }), reason);
    assert.equal(reasonOf({ ...refusal, message: `${message}\t`, request_id: '' }), reason);
  });
}

test('NO_AUTH means no_permission, unless its words are about the user', () => {
  const ofUser = { ...refusal, code: 'NO_AUTH', message: '请检查服务授权状态' };
  assert.equal(reasonOf(ofUser), 'not_authorised');
  for (const message of ['商户暂无权限使用此服务\t', '']) {
    assert.equal(reasonOf({ ...refusal, code: 'NO_AUTH', message }), 'no_permission');
  }
});

for (const [code, reason] of Object.entries({
  INVALID_ORDER_STATE: 'state',
  ORDER_CANCELED: 'state',
  ORDER_DONE: 'state',
  ORDER_NOT_EXIST: 'not_found',
  RESOURCE_NOT_EXISTS: 'not_found',
  PARAM_ERROR: 'parameters',
  SIGN_ERROR: 'signature',
  FREQUENCY_LIMITED: 'throttled',
  FREQUENCY_LIMIT_EXCEED: 'throttled',
  INTERNAL_ERROR: 'unavailable',
  RATELIMIT_EXCEEDED: 'throttled',
  SYSTEM_ERROR: 'unavailable',
  APPID_MCHID_NOT_MATCH: 'not_bound',
  'ORDER_NOT_ EXIST': 'not_found',
  RATELIMIT_EXCEED: 'throttled',
  SYSTEMERROR: 'unavailable',
  SERVICE_UNAVAILABLE: 'unavailable',
})) {
  test(`${code} means ${reason}, when number and words are unknown`, () => {
    assert.equal(reasonOf({ ...refusal, code }), reason);
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

test('who has no permission, or whose ids are not bound, is not set up', () => {
  const notSetUp = REASONS.filter((reason) => isNotSetUp({ ...refusal, status: 403, reason }));
  assert.deepEqual(notSetUp, ['no_permission', 'not_bound']);
});
