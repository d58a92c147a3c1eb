/** What WeChat's account of an order says about a call whose outcome is in question. The cells are in state-table.test.ts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effectOfOperation } from '../../../payscore/rules/effect-of-operation.ts';
import {
  differencesOf,
  isSameOrder,
  effectOfCreation,
} from '../../../payscore/rules/effect-of-creation.ts';
import { ASKED_OPERATIONS } from '../../../payscore/order/operation-name.ts';
import { newOrder } from '../../../payscore/order/order.ts';
import type { Opened } from '../../../payscore/order/opening.ts';
import { OpenServiceOrder } from '../../../schemas/open-service-order.ts';
import type { ServiceOrder } from '../../../schemas/service-order.ts';
import { inWords } from '../../support/words.ts';
import {
  adoption,
  after,
  AT,
  bodies,
  LOWER,
  observed,
  opening,
  orderIn,
  said,
  TOTAL,
  WECHAT_PHASES,
} from '../order/orders.ts';

const order = orderIn('in_service');
const FEES = ['post_payments'];
const risk_fund = (amount: unknown) => ({ risk_fund: { name: 'ESTIMATE_ORDER_COST', amount } });
const foreign = {
  mchid: '1900000002',
  appid: 'wx2',
  service_id: '20020001',
  out_order_no: 'R2',
  openid: 'oSomebodyElse',
};

test('an order that WeChat does not know was not created', () => {
  assert.deepEqual(effectOfCreation(opening, null, 'shown'), { kind: 'not_applied' });
});

for (const phase of WECHAT_PHASES) {
  test(`an order that is ${phase} was created`, () => {
    assert.deepEqual(effectOfCreation(opening, said(phase), 'shown'), { kind: 'applied' });
  });
}

for (const [what, change] of Object.entries({
  'that repeats no amount': risk_fund(undefined),
  'without a risk fund': { risk_fund: {} },
  'that leaves the risk fund out': { risk_fund: undefined },
  'with a risk fund that nobody can read': { risk_fund: ['9900'] },
  'that writes the amount as text, as samples do': risk_fund('9900'),
  'that does not name the user': { openid: '' },
  'that does not repeat what the service is': { service_introduction: undefined },
  'that repeats what the service is': { service_introduction: '充电宝租借' },
})) {
  test(`an account ${what} is of the order as opened`, () => {
    assert.equal(effectOfCreation(opening, said('in_service', change), 'shown').kind, 'applied');
  });
}

for (const [what, change] of Object.entries({
  ...Object.fromEntries(
    Object.entries(foreign).map(([field, value]) => [`has another ${field}`, { [field]: value }]),
  ),
  'has another user and another risk fund': { openid: 'oSomebodyElse', ...risk_fund(9901) },
  'is somebody else’s and waits for a confirmation': { ...foreign, state: 'CREATED' },
})) {
  test(`an order that ${what} is not the one that was opened, whatever WeChat has said before`, () => {
    for (const ownership of ['taken', 'shown', 'asked'] as const) {
      const effect = effectOfCreation(opening, said('in_service', change), ownership);
      assert.ok(effect.kind === 'impossible' && inWords(effect.rule).length > 0);
    }
    assert.equal(isSameOrder(opening, said('in_service', change)), false);
  });
}

for (const [what, change, fields] of [
  ['another risk fund', risk_fund(9901), ['risk_fund.amount']],
  ['another risk fund, as text', risk_fund('99'), ['risk_fund.amount']],
  ['a risk fund that is no number', risk_fund('many'), ['risk_fund.amount']],
  ['another service', { service_introduction: '雨伞租借' }, ['service_introduction']],
  [
    'another risk fund and service',
    { ...risk_fund(1), service_introduction: '雨伞租借' },
    ['risk_fund.amount', 'service_introduction'],
  ],
  [
    'another risk fund, and a confirmation that is awaited',
    { ...risk_fund(1), state: 'CREATED', state_description: '' },
    ['risk_fund.amount'],
  ],
] as const) {
  test(`of an order with ${what} only WeChat can say whether it is the one that was opened`, () => {
    const account = said('in_service', change);
    assert.deepEqual(differencesOf(opening, account), fields);
    assert.equal(isSameOrder(opening, account), true);
    assert.deepEqual(effectOfCreation(opening, account, 'shown'), { kind: 'not_applied' });
  });

  test(`an order with ${what} is ours where WeChat has said yes to its creation`, () => {
    const effect = effectOfCreation(opening, said('in_service', change), 'taken');
    const isCreated = 'state' in change;
    assert.equal(effect.kind, isCreated ? 'unwanted' : 'applied');
  });
}

const fees = [{ name: '租金', amount: TOTAL, description: '每小时' }, { name: '押金' }];
const detailed: Opened = {
  ...opening,
  request: OpenServiceOrder.parse({ ...opening.request, attach: 'shop-7', post_payments: fees }),
};

for (const [what, change, fields] of [
  ['nothing of attach and fees', {}, []],
  ['the same attach and fees', { attach: 'shop-7', post_payments: fees }, []],
  ['another attach', { attach: 'shop-8', post_payments: fees }, ['attach']],
  ['an empty attach', { attach: '' }, ['attach']],
  ['another fee’s name', { post_payments: [{ ...fees[0], name: '罚金' }, fees[1]] }, FEES],
  ['another fee’s amount', { post_payments: [{ ...fees[0], amount: 1 }, fees[1]] }, FEES],
  [
    'an amount where there was none',
    { post_payments: [fees[0], { name: '押金', amount: 0 }] },
    FEES,
  ],
  ['a fee less', { post_payments: fees.slice(1) }, FEES],
  ['a fee more', { post_payments: [...fees, { name: '罚金', amount: 1 }] }, FEES],
  ['the fees the other way round', { post_payments: fees.toReversed() }, FEES],
  ['no fees', { post_payments: [] }, FEES],
  ['fees that nobody can read', { post_payments: [null, '押金'] }, FEES],
  ['fees that are no list', { post_payments: 'many' }, []],
  ['fees with white space', { post_payments: [{ ...fees[0], name: ' 租金 ' }, fees[1]] }, []],
  [
    'fees that are described otherwise',
    { post_payments: [{ ...fees[0], description: '' }, fees[1]] },
    [],
  ],
  ['another attach and no fees', { attach: 'shop-8', post_payments: [] }, ['attach', ...FEES]],
] as const) {
  test(`an account that repeats ${what} differs in ${fields.join(', ') || 'nothing'}`, () => {
    const account = { ...said('in_service'), ...change };
    assert.deepEqual(differencesOf(detailed, account as ServiceOrder), fields);
    assert.equal(isSameOrder(detailed, account as ServiceOrder), true);
    // The same body once more is all that a difference leads to.
    const kind = fields.length === 0 ? 'applied' : 'not_applied';
    assert.equal(effectOfCreation(detailed, account as ServiceOrder, 'shown').kind, kind);
    assert.equal(effectOfCreation(detailed, account as ServiceOrder, 'taken').kind, 'applied');
  });
}

test('an attach or fees where none were sent are a difference, and empty ones are none', () => {
  const differences = (change: object) =>
    differencesOf(opening, { ...said('in_service'), ...change });
  assert.deepEqual(differences({ attach: '', post_payments: [] }), []);
  assert.deepEqual(differences({ attach: 'shop-7', post_payments: fees }), ['attach', ...FEES]);
});

test('an order differs in what it is, and for whom, as well', () => {
  const { openid, appid, service_id } = foreign;
  const account = said('in_service', { openid, appid, service_id });
  assert.deepEqual(differencesOf(opening, account), ['appid', 'service_id', 'openid']);
  assert.deepEqual(differencesOf(opening, said('in_service', { openid: '' })), []);
});

for (const repeated of [' 充电宝租借', '充电宝租借\t', ' 充电宝租借 \n']) {
  test(`an account that repeats the service as ${JSON.stringify(repeated)} is of the order as opened`, () => {
    const account = { ...said('in_service'), service_introduction: repeated };
    assert.deepEqual(differencesOf(opening, account), []);
    assert.equal(effectOfCreation(opening, account, 'shown').kind, 'applied');
  });
}

test('how much white space there is between words is no difference', () => {
  const request = { ...opening.request, service_introduction: 'power  bank' };
  const spaced = { ...opening, request };
  const account = (service_introduction: string) => ({ ...said('paying'), service_introduction });
  assert.deepEqual(differencesOf(spaced, account('power bank ')), []);
  assert.deepEqual(differencesOf(spaced, account('powerbank')), ['service_introduction']);
});

test('an order that waits for a confirmation exists, and must not stay', () => {
  const account = said('in_service', { state: 'CREATED', state_description: '' });
  const effect = effectOfCreation(opening, account, 'shown');
  assert.ok(effect.kind === 'unwanted' && /CREATED/.test(inWords(effect.rule)));
});

for (const phase of WECHAT_PHASES) {
  const isUnused = phase === 'in_service';
  test(`an order that is ${phase} ${isUnused ? 'may be another system’s' : 'was created'}, where nothing but its account tells`, () => {
    const kind = isUnused ? 'not_applied' : 'applied';
    assert.equal(effectOfCreation(opening, said(phase), 'asked').kind, kind);
  });
}

test('an order that waits for a confirmation may be another system’s, too', () => {
  const account = said('in_service', { state: 'CREATED', state_description: '' });
  assert.equal(effectOfCreation(opening, account, 'asked').kind, 'not_applied');
  assert.equal(effectOfCreation(opening, account, 'taken').kind, 'unwanted');
});

test('an account that nobody can read decides nothing about a creation', () => {
  const account = said('in_service', { state: 'SUSPENDED' });
  assert.deepEqual(effectOfCreation(opening, account, 'shown'), { kind: 'unclear' });
  assert.deepEqual(effectOfCreation(opening, account, 'taken'), { kind: 'unclear' });
});

for (const operation of ASKED_OPERATIONS) {
  const call = { operation, body: bodies[operation] };

  test(`of an order that WeChat does not know ${operation} is not carried out`, () => {
    assert.deepEqual(effectOfOperation(order, call, null), { kind: 'not_applied' });
  });

  for (const [field, value] of Object.entries(foreign)) {
    test(`an account with another ${field} decides nothing about ${operation}`, () => {
      for (const phase of WECHAT_PHASES) {
        const account = said(phase, { [field]: value });
        assert.deepEqual(effectOfOperation(order, call, account), { kind: 'unclear' });
      }
      const created = said('in_service', { [field]: value, state: 'CREATED' });
      assert.deepEqual(effectOfOperation(order, call, created), { kind: 'unclear' });
    });
  }

  test(`${operation} of an order that nobody opened here has the effect that it has of any other`, () => {
    const adopted = after(newOrder(adoption, AT), observed('in_service', 'query'));
    for (const phase of WECHAT_PHASES) {
      const account = said(phase);
      assert.deepEqual(
        effectOfOperation(adopted, call, account),
        effectOfOperation(order, call, account),
      );
    }
  });
}

for (const [total_amount, kind] of [
  [LOWER - 1, 'impossible'],
  [0, 'impossible'],
  [LOWER, 'applied'],
  [LOWER + 1, 'not_applied'],
  [TOTAL, 'not_applied'],
] as const) {
  test(`that ${total_amount} fen are being charged makes a correction to ${LOWER} ${kind}`, () => {
    const call = { operation: 'modify', body: bodies.modify } as const;
    const effect = effectOfOperation(orderIn('paying'), call, said('paying', { total_amount }));
    assert.equal(effect.kind, kind);
    if (effect.kind === 'impossible') assert.match(inWords(effect.rule), /lower already/);
  });
}

for (const operation of ['complete', 'modify'] as const) {
  test(`why ${operation} has become impossible names the amount that counts`, () => {
    const account = said('paid', { total_amount: TOTAL - 1 });
    const call = { operation, body: bodies[operation] };
    const effect = effectOfOperation(order, call, account);
    assert.ok(effect.kind === 'impossible' && inWords(effect.rule).includes('799'));
  });
}

for (const operation of ['cancel', 'sync'] as const) {
  test(`why ${operation} has become impossible says that the order is paid, and with what`, () => {
    const call = { operation, body: bodies[operation] };
    const effect = effectOfOperation(order, call, said('paid'));
    assert.ok(effect.kind === 'impossible' && /paid.*800/.test(inWords(effect.rule)));
  });
}

for (const operation of ['complete', 'modify', 'sync'] as const) {
  test(`to ${operation} a cancelled order is impossible, because it was cancelled`, () => {
    const asked = { operation, body: bodies[operation] };
    assert.deepEqual(effectOfOperation(order, asked, said('cancelled')), {
      ...{ kind: 'impossible', rule: { code: 'was_cancelled' } },
    });
  });
}

test('fees differ wherever one of them does, and what is no fee is none', () => {
  const differs = (post_payments: unknown, ours: readonly object[]) => {
    const request = { ...opening.request, post_payments: ours } as Opened['request'];
    const account = { ...said('in_service'), post_payments } as ServiceOrder;
    return differencesOf({ ...opening, request }, account).includes('post_payments');
  };
  const [rent, loss] = [{ name: '租金', amount: 1 }, { name: '丢失' }];
  assert.ok(!differs([rent, loss], [rent, loss]));
  assert.ok(differs([rent], [rent, loss]));
  assert.ok(differs([loss, rent], [rent, loss]));
  // One fee whose name reads as two.
  assert.ok(differs([{ name: '租金 1丢失' }], [rent, loss]));
  assert.ok(differs([rent, null], [rent]));
});
