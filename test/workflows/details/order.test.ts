/** What an operator reads of an order: enough to act on, and nothing personal. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EN } from '../../../words/en.ts';
import { newOrder, type Order } from '../../../payscore/order/order.ts';
import { FIRST, type Opened } from '../../../payscore/order/opening.ts';
import { failure } from '../../../payscore/order/fact.ts';
import type { OperationRecord } from '../../../payscore/order/operation.ts';
import type { AskedOperation } from '../../../payscore/order/operation-name.ts';
import { isFinal, PHASES } from '../../../payscore/rules/phase.ts';
import { TROUBLES, type Trouble } from '../../../payscore/rules/trouble.ts';
import { OpenServiceOrder } from '../../../schemas/open-service-order.ts';
import { ServiceOrder } from '../../../schemas/service-order.ts';
import { detailsOf } from '../../../workflows/details/order.ts';

const OPENID = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
const TOKEN = 'DijaTokenOfTheUsersPage';
const AT = new Date('2026-10-01T04:00:00Z'); // noon in Beijing

const opening: Opened = {
  service: { mchid: '1900000001', appid: 'wx1', service_id: '2002', notify_url: 'https://e.com/n' },
  request: OpenServiceOrder.parse({
    out_order_no: 'R1',
    openid: OPENID,
    service_introduction: '充电宝租借',
    risk_fund: { amount: 9900 },
    attach: 'private-words',
  }),
  digest: 'digest',
};

const refusal = {
  operation: 'complete',
  status: 400,
  code: 'PARAM_ERROR',
  message: '总金额超过此服务的服务风险金额',
  request_id: '08F1-271316656',
  reason: 'above_cap',
} as const;

const newton = { paid_type: 'NEWTON', amount: 800, paid_time: '20261001120500' };

function order(change: Partial<Order> = {}): Order {
  const created = newOrder(opening, AT);
  const [first] = created.operations;
  const operations = [{ ...first, state: 'done' } as OperationRecord];
  return { ...created, phase: 'in_service', operations, ...change };
}

function asked(operation: AskedOperation, change: Partial<OperationRecord> = {}): OperationRecord {
  const receivedAt = AT.toISOString();
  return {
    ...{ operation, key: 'k', digest: '', receivedAt, state: 'running', startedAt: receivedAt },
    ...change,
  } as OperationRecord;
}

/** An order that has been through everything that could show too much. */
function orderIn(phase: Order['phase'], troubles: Trouble[]): Order {
  return order({
    phase,
    troubles,
    authorizeUntil: '2026-10-02T04:00:00Z',
    invitation: { apply_permissions_token: TOKEN, expires_at: '2026-10-01T05:00:00Z' },
    lastRefusal: refusal,
    refundDue: { amount: 800, transaction_id: '4200001', because: 'cancel' },
    serviceOrder: ServiceOrder.parse({
      ...{ out_order_no: 'R1', mchid: '1900000001', appid: 'wx1', service_id: '2002' },
      ...{ state: 'DONE', order_id: '1000001', total_amount: 800, attach: 'private-words' },
      collection: { state: 'USER_PAID', details: [{ ...newton, transaction_id: '4200001' }] },
    }),
    operations: [asked('complete', { state: 'refused', refusal })],
  });
}

for (const phase of PHASES) {
  for (const troubles of [[], ...TROUBLES.map((trouble) => [trouble])]) {
    const [trouble] = troubles;
    test(`says of an order ${phase}${trouble ? ` in trouble ${trouble}` : ''} what it means and what to do`, () => {
      const details = detailsOf(orderIn(phase, troubles), EN);
      assert.ok(details.startsWith('充电宝租借 · R1\n'), 'its name first');
      assert.ok(details.includes(`### ${[phase, ...troubles].join(' · ')}\n`));
      const todos = [...details.matchAll(/\*\*What to do (?:now|otherwise):\*\* (\S.{10,})/g)];
      assert.equal(todos.length, troubles.length + 1);
      if (trouble) assert.match(details, new RegExp(`\\*\\*${trouble}:\\*\\* \\S.{20,}`));
      assert.ok(details.includes('Request-ID `08F1-271316656`'));
      assert.doesNotMatch(details, /undefined|\[object|NaN/);
      for (const secret of [OPENID, TOKEN, 'private-words']) assert.ok(!details.includes(secret));
    });
  }
}

for (const phase of PHASES.filter((it) => isFinal(it))) {
  test(`sends nobody to an order that has ended ${phase}`, () => {
    for (const trouble of TROUBLES) {
      const details = detailsOf(orderIn(phase, [trouble]), EN);
      assert.doesNotMatch(details, /send the|Send an Update|_Terminate_|What it waits for/);
    }
  });
}

test('an order that has ended waits for nothing, whatever was asked for', () => {
  const details = detailsOf(order({ phase: 'paid', operations: [asked('cancel')] }), EN);
  assert.doesNotMatch(details, /What it waits for/);
});

test('tells an amount as soon as there is one: in service WeChat names 0', () => {
  const said = { ...{ out_order_no: 'R1', mchid: '1', appid: 'wx1', service_id: '2' }, state: 'X' };
  const serviceOrder = ServiceOrder.parse({ ...said, total_amount: 0 });
  assert.doesNotMatch(detailsOf(order({ serviceOrder }), EN), /yuan/);
  assert.match(detailsOf(order({ phase: 'free', serviceOrder }), EN), /total_amount 0\.00 yuan/);
});

test('names every trouble, the gravest first', () => {
  const details = detailsOf(orderIn('in_service', ['overdue', 'misconfigured']), EN);
  assert.match(details, /### in_service · misconfigured · overdue\n/);
  assert.ok(details.indexOf('**misconfigured:**') < details.indexOf('**overdue:**'));
});

test('says what must be refunded, in yuan, by which number, and why', () => {
  const details = detailsOf(orderIn('paid', ['refund_due']), EN);
  assert.match(details, /although its cancellation had been asked for: 8\.00 yuan must go back/);
  assert.match(details, /Pay back \*\*8\.00 yuan\*\* .* by transaction_id `4200001`/);
});

test('lets what was paid twice be given back once, in either way', () => {
  for (const because of ['sync', 'paid_elsewhere'] as const) {
    const refundDue = { amount: 800, transaction_id: '4200001', because };
    const details = detailsOf(order({ phase: 'paid', troubles: ['refund_due'], refundDue }), EN);
    assert.match(details, /the user had paid the merchant directly/);
    assert.match(details, /once, not both/);
  }
});

test('gives WeChat’s words, and why it refuses so and what helps', () => {
  const details = detailsOf(order({ lastRefusal: refusal }), EN);
  assert.match(
    details,
    /\*\*WeChat Pay last refused\*\* `complete`: 400 `PARAM_ERROR` “总金额超过/,
  );
  const { cause, action } = EN.advice['above_cap'];
  for (const sentence of [cause, action]) {
    assert.ok(details.replaceAll('\\', '').includes(sentence), sentence);
  }
});

test('says which operation was refused with nobody waiting, by what, and how to send it again', () => {
  const rule = { code: 'not_lower', total_amount: 500 } as const;
  const operations = [asked('modify', { state: 'not_allowed', rule })];
  const details = detailsOf(
    order({ phase: 'paying', troubles: ['operation_refused'], operations }),
    EN,
  );
  assert.match(details, /`modify` was asked for and not done.*lower than the present 500/);
  assert.match(details, /corrected update, `modify`: `\{"body":\{"post_payments"/);
});

test('says since when an operation waits, that its outcome is unknown, and when that can be proven', () => {
  const progress = {
    unknownSince: '2026-10-01T04:00:05.000Z',
    lastSentAt: '2026-10-01T04:01:00.000Z',
  };
  const waits = detailsOf(order({ operations: [asked('complete', { progress })] }), EN);
  assert.match(waits, /`complete`, asked for 2026-10-01T12:00:00\+08:00/);
  assert.match(waits, /outcome is unknown\*\* since 2026-10-01T12:00:05\+08:00/);
  assert.match(waits, /can arrive until 2026-10-01T12:06:30\+08:00/);
  const calm = detailsOf(order({ operations: [asked('complete')] }), EN);
  assert.doesNotMatch(calm, /unknown|can arrive/);
});

test('does not call for an operation while one is under way, nor say that the service is running', () => {
  const details = detailsOf(order({ operations: [asked('complete')] }), EN);
  assert.match(details, /What to do now:\*\* Nothing: `complete` is under way/);
  assert.doesNotMatch(details, /The service is running|by hand, send/);
  assert.match(detailsOf(order(), EN), /The service is running/);
});

test('counts how often WeChat said that it was charging', () => {
  const cancel = asked('cancel', { progress: { chargingRefusals: 4 } });
  assert.match(
    detailsOf(order({ phase: 'paying', operations: [cancel] }), EN),
    /4 of 10 times so far/,
  );
});

test('says what waits its turn, and until when a correction must wait', () => {
  const operations = [asked('modify', { state: 'waiting' })];
  const lateArrivalUntil = '2026-10-01T04:10:00.000Z';
  const details = detailsOf(order({ phase: 'paying', operations, lateArrivalUntil }), EN);
  assert.match(details, /waits for its turn.*Not sent before 2026-10-01T12:10:00\+08:00/);
});

test('says until when the user may authorise, and his page opens', () => {
  const operations = [{ ...asked('cancel'), operation: 'create', key: FIRST, state: 'waiting' }];
  const invited = { ...orderIn('authorizing', []), operations: operations as OperationRecord[] };
  const details = detailsOf(invited, EN);
  assert.match(details, /The user, until 2026-10-02T12:00:00\+08:00/);
  assert.match(details, /page until 2026-10-01T13:00:00\+08:00/);
  assert.doesNotMatch(details, /`create`, asked for/);
});

test('says of an order that is being created until when, and of one that is given up that it is', () => {
  const operations = [{ ...asked('cancel'), operation: 'create' } as OperationRecord];
  const createUntil = '2026-10-01T04:01:00.000Z';
  const creating = order({ phase: 'creating', operations, createUntil });
  assert.match(detailsOf(creating, EN), /not known to exist by 2026-10-01T12:01:00\+08:00/);
  const givingUp = detailsOf(
    {
      ...creating,
      givingUp: { code: 'told_too_late' },
      troubles: ['operation_refused'],
    },
    EN,
  );
  assert.match(givingUp, /not wanted any more/);
  assert.match(givingUp, /the cancellation is sent again by itself/);
  const adopted = [{ ...asked('cancel'), operation: 'adopt' } as OperationRecord];
  assert.match(detailsOf({ ...creating, operations: adopted }, EN), /is being asked for the order/);
});

test('says of every order that goes on what the web UI’s buttons would do to it', () => {
  for (const phase of PHASES.filter((it) => !isFinal(it))) {
    const details = detailsOf(order({ phase }), EN);
    assert.match(details, /_Request Cancellation_ does nothing: .* The update `cancel` does\./);
    assert.match(details, /_Terminate_ ends our record only: [a-zA-Z].*`POST …\/adopt`/);
    assert.match(details, /_Reset_/);
  }
});

test('shows what others wrote as text, whatever it looks like in markdown', () => {
  const rule = failure('<img src=x> [a](b) *c* `d`\n\n# e\t|');
  const message = '商户暂无\t权限 `x` <b>';
  const details = detailsOf(
    order({
      troubles: ['operation_refused'],
      operations: [asked('complete', { state: 'not_allowed', rule })],
      lastRefusal: { ...refusal, message, request_id: '08`F1' },
      timeline: [{ at: '2026-10-01T12:00:00+08:00', event: { code: 'given_up', because: rule } }],
    }),
    EN,
  );
  assert.ok(details.includes(String.raw`\<img src=x\> \[a\](b) \*c\* \`d\` \# e \|`));
  assert.ok(details.includes(String.raw`“商户暂无 权限 \`x\` \<b\>”, Request-ID ` + '`08 F1`'));
});

test('a time that no clock shows does not stop the order', () => {
  const odd = asked('complete', {
    receivedAt: '+275760-09-13T00:00:00.000Z',
    startedAt: AT.toISOString(),
  });
  assert.match(detailsOf(order({ operations: [odd] }), EN), /asked for \+275760/);
});

test('shows what happened, the latest first', () => {
  const standing = 'DOING / USER_CONFIRM';
  const created = { code: 'told', by: 'create', standing } as const;
  const timeline = [
    { at: '2026-10-01T12:00:00+08:00', event: { code: 'opened' } },
    { at: '2026-10-01T12:00:01+08:00', event: created },
  ] as const;
  const details = detailsOf(order({ timeline }), EN);
  assert.ok(
    details.endsWith('+08:00 create: DOING / USER\\_CONFIRM\n- 2026-10-01T12:00:00+08:00 opened'),
  );
});
