/** What WeChat's account of an order says about a call whose outcome is in question. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeCompletion, judgeCreation } from '../../payscore/judgement.ts';
import { completion, opening, orderIn, said, TOTAL, WECHAT_PHASES } from './orders.ts';

const order = orderIn('in_service');
const { body } = completion;
const risk_fund = (amount: unknown) => ({ risk_fund: { name: 'ESTIMATE_ORDER_COST', amount } });
const foreign = {
  mchid: '1900000002',
  appid: 'wx2',
  service_id: '20020001',
  out_order_no: 'R2',
  openid: 'oSomebodyElse',
};

test('an order that WeChat does not know was not created', () => {
  assert.deepEqual(judgeCreation(opening, null), { kind: 'not_applied' });
});

for (const phase of WECHAT_PHASES) {
  test(`an order that is ${phase} was created`, () => {
    assert.deepEqual(judgeCreation(opening, said(phase)), { kind: 'applied' });
  });
}

for (const [what, change] of Object.entries({
  'that repeats no amount': risk_fund(undefined),
  'without a risk fund': { risk_fund: {} },
  'that leaves the risk fund out': { risk_fund: undefined },
  'that writes the amount as text, as samples do': risk_fund('9900'),
  'that does not name the user': { openid: '' },
})) {
  test(`an account ${what} is of the order as opened`, () => {
    assert.equal(judgeCreation(opening, said('in_service', change)).kind, 'applied');
  });
}

for (const [what, change] of Object.entries({
  ...Object.fromEntries(
    Object.entries(foreign).map(([field, value]) => [`has another ${field}`, { [field]: value }]),
  ),
  'has another risk fund': risk_fund(9901),
  'waits for a confirmation': { state: 'CREATED', state_description: '' },
})) {
  test(`an order that ${what} is not the one that was opened`, () => {
    const judgement = judgeCreation(opening, said('in_service', change));
    assert.ok(judgement.kind === 'impossible' && judgement.rule.length > 0);
  });
}

test('an account that nobody can read decides nothing about a creation', () => {
  const account = said('in_service', { state: 'SUSPENDED' });
  assert.deepEqual(judgeCreation(opening, account), { kind: 'unclear' });
});

// account, what it says about the completion with a total of 800
const COMPLETIONS = {
  in_service: 'not_applied',
  paying: 'applied',
  paid: 'applied',
  paid_elsewhere: 'applied',
  free: 'impossible',
  cancelled: 'impossible',
} as const;

for (const phase of WECHAT_PHASES) {
  test(`a completion of an order that is ${phase} is ${COMPLETIONS[phase]}`, () => {
    assert.equal(judgeCompletion(order, body, said(phase)).kind, COMPLETIONS[phase]);
  });
}

test('a completion with nothing to pay is applied when the order is free', () => {
  assert.equal(judgeCompletion(order, { total_amount: 0 }, said('free')).kind, 'applied');
});

for (const phase of ['paying', 'paid', 'paid_elsewhere'] as const) {
  test(`a completion is impossible when the order is ${phase} with another total`, () => {
    const account = said(phase, { total_amount: TOTAL - 1 });
    const judgement = judgeCompletion(order, body, account);
    assert.ok(judgement.kind === 'impossible' && judgement.rule.includes('799'));
  });
}

for (const [what, account] of Object.entries({
  'that nobody can read': said('paying', { state: 'SUSPENDED' }),
  'that names no total': said('paying', { total_amount: undefined }),
  'of another user’s order': said('paying', { openid: foreign.openid }),
  'of another number': said('paying', { out_order_no: foreign.out_order_no }),
})) {
  test(`an account ${what} decides nothing about a completion`, () => {
    assert.deepEqual(judgeCompletion(order, body, account), { kind: 'unclear' });
  });
}

test('an order that WeChat suddenly does not know decides nothing about a completion', () => {
  assert.deepEqual(judgeCompletion(order, body, null), { kind: 'unclear' });
});
