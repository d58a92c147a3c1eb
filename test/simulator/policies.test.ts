/** What the documents leave open: every switch, both ways. */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import * as z from 'zod';
import type { Policies } from '../../simulator/control.ts';
import type { PolicyChange } from '../../simulator/policies.ts';
import { open, shareSimulator, type Got } from './merchant.ts';

const { simulator, control, merchant } = await shareSimulator({ timeFactor: 0.001 });
let no = '';
let count = 0;

afterEach(() => control.resetPolicies());

const fresh = () => (no = `S${++count}`);
const nothing = { post_payments: [{ name: '租金', amount: 0 }], total_amount: 0 };
const events = async () => (await control.order(no)).ledger.map(({ event }) => event);
const told = async () => (await control.notifications(no)).map(({ event_type }) => event_type);
const inService = () => merchant.serve(fresh());
const billed = () => merchant.bill(fresh());
const modify = (total: number) => merchant.change('modify', no, merchant.modifyBody(total));
const cancel = (change: object = {}) => merchant.change('cancel', no, merchant.changeBody(change));
const sync = (paid_time: string) => merchant.change('sync', no, merchant.syncBody(paid_time));

/** What is seen under a policy: a status, a code or a list. */
type Seen = unknown;
type Case = {
  [Name in keyof Policies]: [name: Name, way: Policies[Name], seen: Seen];
}[keyof Policies];

const statusOf = ({ status }: Got): number => status;

/** The same body again, another body, and how often something was executed. */
async function repeat(
  run: (body: object) => Promise<Got>,
  same: object,
  other: object,
  event: string,
) {
  assert.equal((await run(same)).status, 200);
  const again = await run(same);
  const otherwise = await run(other);
  const times = (await events()).filter((it) => it === event).length;
  return [again.status, otherwise.status, times];
}

/** How each switch is looked at. */
const LOOK: { [Name in keyof Policies]: () => Promise<Seen> } = {
  async create_state() {
    return (await merchant.create(merchant.createBody(fresh()))).json.state;
  },
  async create_package() {
    const body = merchant.createBody(fresh());
    const { json } = await merchant.create(body);
    assert.equal((await merchant.create(body)).json.package, json.package);
    return typeof json.package;
  },
  async create_time_check() {
    const time_range = { start_time: merchant.beijing(30) };
    const body = merchant.createBody(fresh(), { time_range });
    await merchant.create(body);
    merchant.pass(60);
    return statusOf(await merchant.create(body));
  },
  create_repeat() {
    const body = merchant.createBody(fresh());
    return repeat(merchant.create, body, { ...body, attach: 'x' }, 'created');
  },
  async complete_repeat() {
    await inService();
    const body = merchant.completeBody();
    const other = { ...body, location: { end_location: '国贸' } };
    return repeat((it) => merchant.complete(no, it), body, other, 'completed');
  },
  async cancel_repeat() {
    await inService();
    const body = merchant.changeBody();
    const other = merchant.changeBody({ reason: '改主意了' });
    return repeat((it) => merchant.change('cancel', no, it), body, other, 'cancelled');
  },
  async modify_repeat() {
    await billed();
    return repeat(
      (it) => merchant.change('modify', no, it),
      merchant.modifyBody(500),
      merchant.modifyBody(400),
      'modified',
    );
  },
  async sync_repeat() {
    await billed();
    const [one, other] = [
      merchant.syncBody(merchant.beijing(1)),
      merchant.syncBody(merchant.beijing(2)),
    ];
    return repeat((it) => merchant.change('sync', no, it), one, other, 'synced');
  },
  async parameter_error() {
    const change = { service_introduction: '长'.repeat(21) };
    const { message, detail } = (await merchant.create(merchant.createBody(fresh(), change))).json;
    return [message.includes('“/body/service_introduction”'), detail.field, typeof detail.value];
  },
  async system_error() {
    const openid = `ou-${fresh()}`;
    await control.setBehaviour(openid, { permission: 'system_error' });
    const { status, headers } = await merchant.permission(openid);
    return [status, headers.has('Request-ID'), headers.has('Wechatpay-Signature')];
  },
  async unknown_fields() {
    const shown = {
      ...merchant.createBody(fresh()),
      time_range: { start_time: 'OnAccept', zone: 8 },
    };
    const created = await merchant.create(shown);
    await inService();
    const completed = await merchant.complete(no, merchant.completeBody({ out_trade_no: 'x' }));
    await control.authorise(`ou-${no}`);
    const terminated = await merchant.terminate(`ou-${no}`, { operator: 'x' });
    const { json } = await merchant.prepare(no, { openid: 'x' });
    const fields = [created, completed, terminated].map((got) => got.json?.detail?.field);
    return [...fields, json.detail?.field];
  },
  async path_in_body() {
    await inService();
    const completed = await merchant.complete(no, merchant.completeBody({ out_order_no: no }));
    const openid = `ou-${no}`;
    await control.authorise(openid);
    const terminated = await merchant.terminate(openid, { openid });
    return [completed, terminated].map((got) => got.json?.detail?.field ?? got.status);
  },
  async end_time_now() {
    await inService();
    simulator.clock.set({ now: new Date(Math.ceil(simulator.clock.now() / 1000) * 1000 + 500) });
    const now = { time_range: { end_time: merchant.beijing(0) } };
    return statusOf(await merchant.complete(no, merchant.completeBody(now)));
  },
  async cancel_while_paying() {
    await billed();
    const { status, json } = await cancel();
    return status === 200 ? 200 : `${json.code} ${json.message}`;
  },
  async cancel_service_id() {
    await inService();
    return statusOf(await cancel({ service_id: undefined }));
  },
  async cancel_reason_length() {
    await inService();
    return [
      statusOf(await cancel({ reason: '因'.repeat(31) })),
      statusOf(await cancel({ reason: '因'.repeat(30) })),
    ];
  },
  async terminate_reason_length() {
    const openid = `ou-${fresh()}`;
    await control.authorise(openid);
    const long = await merchant.terminate(openid, { reason: '因'.repeat(81) });
    return [
      statusOf(long),
      statusOf(await merchant.terminate(openid, { reason: '因'.repeat(80) })),
    ];
  },
  async modify_limit() {
    await billed();
    return [statusOf(await modify(500)), statusOf(await modify(400))];
  },
  async modify_equal() {
    await billed();
    return statusOf(await modify(800));
  },
  async modify_to_zero() {
    await billed();
    const { status, json } = await modify(0);
    return [status, json.state, json.collection?.state];
  },
  async zero_total_notification() {
    await inService();
    await merchant.complete(no, merchant.completeBody(nothing));
    const completed = await told();
    await billed();
    await modify(0);
    return [...completed, ...(await told())];
  },
  async sync_notification() {
    await billed();
    await sync(merchant.beijing(1));
    return await told();
  },
  async sync_tolerance_seconds() {
    await billed();
    return [statusOf(await sync(merchant.beijing(62))), statusOf(await sync(merchant.beijing(30)))];
  },
  async sync_day() {
    simulator.clock.set({ now: new Date('2026-10-01T11:00:00+08:00') });
    await billed();
    merchant.pass(86_400);
    const { status, json } = await sync('20261001');
    return json.collection?.details[0].paid_time ?? status;
  },
  async wrong_state_code() {
    await inService();
    await cancel();
    return [(await modify(1)).json.code, (await cancel({ reason: '改主意了' })).json.code];
  },
  async never_authorised() {
    const { status, json } = await merchant.permission(`ou-${fresh()}`);
    return [status, json.code ?? json.authorization_state];
  },
  async order_of_others() {
    await control.takeNumberElsewhere(fresh());
    return statusOf(await merchant.query(no));
  },
  async second_preparation() {
    const code = fresh();
    const { json } = await merchant.prepare(code);
    const unbound = await merchant.prepare(code);
    await control.authoriseByToken(json.apply_permissions_token, `ou-${code}`);
    const bound = await merchant.prepare(code);
    await control.revoke(`ou-${code}`);
    return [unbound, bound, await merchant.prepare(code)].map(statusOf);
  },
  async authorised_page() {
    const [older, newer] = [fresh(), fresh()];
    const states = [];
    for (const code of [older, newer]) {
      const { json } = await merchant.prepare(code);
      await control.authoriseByToken(json.apply_permissions_token, `ou-${older}`);
    }
    for (const code of [older, newer]) states.push((await merchant.agreement(code)).json);
    return states.map(({ authorization_state }) => authorization_state);
  },
  async authorization_times() {
    const { json } = await merchant.prepare(fresh());
    await control.authoriseByToken(json.apply_permissions_token, `ou-${no}`);
    const answers = [await merchant.permission(`ou-${no}`), await merchant.agreement(no)];
    return answers.map((got) => typeof got.json.authorization_success_time);
  },
  async repeated_termination() {
    const openid = `ou-${fresh()}`;
    const { json } = await merchant.prepare(no);
    await control.authoriseByToken(json.apply_permissions_token, openid);
    await merchant.terminate(openid);
    const never = await merchant.terminate('ou-who-never-authorised');
    return [await merchant.terminate(openid), await merchant.terminateCode(no), never].map(
      statusOf,
    );
  },
  async order_number_alphabet() {
    return statusOf(await merchant.create(merchant.createBody(`${fresh()}|*`)));
  },
  async notify_url_scheme() {
    const change = { notify_url: 'http://a.test/n' };
    const created = await merchant.create(merchant.createBody(fresh(), change));
    return [created, await merchant.prepare(no, change)].map(statusOf);
  },
  async attach_length() {
    const create = (length: number) =>
      merchant.create(merchant.createBody(fresh(), { attach: 'a'.repeat(length) }));
    return [await create(201), await create(200)].map(statusOf);
  },
  async attach_unit() {
    const create = (length: number) =>
      merchant.create(merchant.createBody(fresh(), { attach: '字'.repeat(length) }));
    return [await create(86), await create(85)].map(statusOf);
  },
  async echo_text() {
    const body = merchant.createBody(fresh(), { service_introduction: ' 充电宝 \t 租借　' });
    const answers = [await merchant.create(body), await merchant.query(no)];
    return answers.map((got) => got.json.service_introduction);
  },
  async order_schedule() {
    await billed();
    await control.pay(no);
    return (await control.notifications(no))[0]?.schedule;
  },
  async permission_schedule() {
    await control.setService({ authorization_notify_url: 'http://127.0.0.1:9/notify' });
    await control.authorise(`ou-${fresh()}`);
    await control.setService({ authorization_notify_url: null });
    return (await control.notifications()).at(-1)?.schedule;
  },
  async refund_repeat() {
    const body = await refundable();
    const first = await merchant.refund({ ...body, reason: '质量问题' });
    const { amount } = body;
    const others = [
      await merchant.refund({ ...body, reason: '买错了' }),
      await merchant.refund({ ...body, amount: { ...amount, refund: 301 } }),
    ];
    return [first, ...others].map(statusOf);
  },
  async refund_answer() {
    const body = await refundable();
    await control.scriptRefunds({ out_refund_no: `${no}-2` }, { becomes: 'ABNORMAL' });
    const one = await merchant.refund(body);
    merchant.pass(60);
    const other = await merchant.refund({ ...body, out_refund_no: `${no}-2` });
    return [one, other].map(({ json }) => json.status);
  },
  async refund_interval() {
    const body = await refundable();
    await merchant.refund(body);
    const { status, json } = await merchant.refund({ ...body, out_refund_no: `${no}-2` });
    return [status, json.code ?? json.status];
  },
  async refund_number_alphabet() {
    return statusOf(await merchant.refund({ ...(await refundable()), out_refund_no: `${no}*` }));
  },
  async refund_schedule() {
    await control.scriptRefunds({ out_refund_no: `S${count + 1}-1` }, { delay_seconds: 0 });
    await merchant.refund({ ...(await refundable()), notify_url: 'http://127.0.0.1:9/notify' });
    return (await control.notifications(no)).at(-1)?.schedule;
  },
  async console_refund_notification() {
    await refundable();
    await control.setAccount({ refund_notify_url: 'http://127.0.0.1:9/notify' });
    await control.scriptRefunds({ out_order_no: no }, { delay_seconds: 0 });
    await control.consoleRefund(no, 100);
    await control.setAccount({ refund_notify_url: null });
    return (await told()).slice(1);
  },
  async available_refunds_in_bill() {
    simulator.clock.set({ now: new Date('2026-12-01T11:00:00+08:00') });
    await merchant.refund({ ...(await refundable()), funds_account: 'AVAILABLE' });
    merchant.pass(2 * 86_400);
    const applied = await merchant.applyBill({ bill_date: '2026-12-01', bill_type: 'REFUND' });
    if (applied.status !== 200) return applied.json.code;
    return (await merchant.download(applied.json.download_url)).text.includes(`${no}-1`);
  },
};

/** What asks for 300 fen of an order of 800 that was paid. */
async function refundable() {
  await billed();
  await control.pay(no);
  const [transaction_id = ''] = await merchant.transactions(no);
  return merchant.refundBody(transaction_id, `${no}-1`, 300);
}

const PAID = 'PAYSCORE.USER_PAID';

const CASES: Case[] = [
  ['create_state', 'DOING', 'DOING'],
  ['create_state', 'CREATED', 'CREATED'],
  ['create_package', 'absent', 'undefined'],
  ['create_package', 'present', 'string'],
  ['create_time_check', 'after_repeat', 200],
  ['create_time_check', 'before_repeat', 400],
  ['create_repeat', 'same', [200, 400, 1]],
  ['create_repeat', 'any', [200, 200, 1]],
  ['create_repeat', 'never', [400, 400, 1]],
  ['complete_repeat', 'same', [200, 400, 1]],
  ['complete_repeat', 'any', [200, 200, 1]],
  ['complete_repeat', 'never', [400, 400, 1]],
  ['cancel_repeat', 'same', [200, 400, 1]],
  ['cancel_repeat', 'any', [200, 200, 1]],
  ['cancel_repeat', 'never', [400, 400, 1]],
  ['modify_repeat', 'same', [200, 200, 2]],
  ['modify_repeat', 'never', [200, 200, 3]],
  ['sync_repeat', 'same', [200, 400, 1]],
  ['sync_repeat', 'any', [200, 200, 1]],
  ['sync_repeat', 'never', [400, 400, 1]],
  ['parameter_error', 'both', [true, '/service_introduction', 'string']],
  ['parameter_error', 'message', [true, undefined, 'number']],
  ['parameter_error', 'detail', [false, '/service_introduction', 'string']],
  ['system_error', 'unsigned', [500, true, false]],
  ['system_error', 'signed', [500, true, true]],
  ['unknown_fields', 'ignored', [undefined, undefined, undefined, undefined]],
  ['unknown_fields', 'refused', ['/time_range/zone', '/out_trade_no', '/operator', '/openid']],
  ['path_in_body', 'ignored', [200, 204]],
  ['path_in_body', 'refused', ['/out_order_no', '/openid']],
  ['end_time_now', 'allowed', 200],
  ['end_time_now', 'refused', 400],
  ['cancel_while_paying', 'allowed', 200],
  ['cancel_while_paying', 'refused', 'PARAM_ERROR 当前订单状态不满足撤销条件'],
  ['cancel_service_id', 'required', 400],
  ['cancel_service_id', 'optional', 200],
  ['cancel_reason_length', 50, [200, 400]],
  ['cancel_reason_length', 30, [400, 200]],
  ['terminate_reason_length', 50, [400, 400]],
  ['terminate_reason_length', 80, [400, 204]],
  ['modify_limit', 'none', [200, 200]],
  ['modify_limit', 'once', [200, 400]],
  ['modify_equal', 'allowed', 200],
  ['modify_equal', 'refused', 400],
  ['modify_to_zero', 'done', [200, 'DONE', undefined]],
  ['modify_to_zero', 'stays', [200, 'DOING', 'USER_PAYING']],
  ['modify_to_zero', 'paid_zero', [200, 'DONE', 'USER_PAID']],
  ['modify_to_zero', 'refused', [400, undefined, undefined]],
  ['zero_total_notification', 'none', []],
  ['zero_total_notification', 'sent', [PAID, PAID]],
  ['sync_notification', 'none', []],
  ['sync_notification', 'sent', [PAID]],
  ['sync_tolerance_seconds', 60, [400, 200]],
  ['sync_tolerance_seconds', 0, [400, 400]],
  ['sync_day', 'begins', 400],
  ['sync_day', 'ends', '20261001235959'],
  ['wrong_state_code', 'as_seen', ['INVALID_REQUEST', 'ORDER_CANCELED']],
  ['wrong_state_code', 'INVALID_REQUEST', ['INVALID_REQUEST', 'INVALID_REQUEST']],
  ['wrong_state_code', 'PARAM_ERROR', ['PARAM_ERROR', 'PARAM_ERROR']],
  ['wrong_state_code', 'INVALID_ORDER_STATE', ['ORDER_CANCELED', 'ORDER_CANCELED']],
  ['never_authorised', 'ORDER_NOT_EXIST', [404, 'ORDER_NOT_EXIST']],
  ['never_authorised', 'UNAVAILABLE', [200, 'UNAVAILABLE']],
  ['order_of_others', 'ORDER_NOT_EXIST', 404],
  ['order_of_others', 'INVALID_REQUEST', 400],
  ['order_of_others', 'NO_AUTH', 403],
  ['second_preparation', 'until_bound', [200, 400, 200]],
  ['second_preparation', 'always', [200, 200, 200]],
  ['second_preparation', 'never', [400, 400, 400]],
  ['authorised_page', 'binds', ['UNAVAILABLE', 'AVAILABLE']],
  ['authorised_page', 'stays', ['AVAILABLE', 'UNBINDUSER']],
  ['authorization_times', 'told', ['string', 'string']],
  ['authorization_times', 'absent', ['undefined', 'undefined']],
  ['repeated_termination', 'refused', [400, 400, 400]],
  ['repeated_termination', 'accepted', [204, 204, 400]],
  ['order_number_alphabet', 'wide', 200],
  ['order_number_alphabet', 'narrow', 400],
  ['notify_url_scheme', 'http_or_https', [200, 200]],
  ['notify_url_scheme', 'https', [400, 400]],
  ['attach_length', 256, [200, 200]],
  ['attach_length', 200, [400, 200]],
  ['attach_unit', 'characters', [200, 200]],
  ['attach_unit', 'bytes', [400, 200]],
  ['echo_text', 'verbatim', [' 充电宝 \t 租借　', ' 充电宝 \t 租借　']],
  ['echo_text', 'tidied', ['充电宝 租借', '充电宝 租借']],
  ['order_schedule', 'current', 'current'],
  ['order_schedule', '2020', '2020'],
  ['permission_schedule', 'three_days', 'three_days'],
  ['permission_schedule', 'current', 'current'],
  ['permission_schedule', '2020', '2020'],
  ['refund_repeat', 'same', [200, 400, 400]],
  ['refund_repeat', 'amounts', [200, 200, 400]],
  ['refund_answer', 'PROCESSING', ['PROCESSING', 'PROCESSING']],
  ['refund_answer', 'SUCCESS', ['SUCCESS', 'PROCESSING']],
  ['refund_interval', 'FREQUENCY_LIMITED', [429, 'FREQUENCY_LIMITED']],
  ['refund_interval', 'INVALID_REQUEST', [400, 'INVALID_REQUEST']],
  ['refund_interval', 'none', [200, 'PROCESSING']],
  ['refund_number_alphabet', 'wide', 200],
  ['refund_number_alphabet', 'narrow', 400],
  ['refund_schedule', '2020', '2020'],
  ['refund_schedule', 'fifteen_sends', 'fifteen_sends'],
  ['refund_schedule', 'current', 'current'],
  ['console_refund_notification', 'none', []],
  ['console_refund_notification', 'sent', ['REFUND.SUCCESS']],
  ['available_refunds_in_bill', 'absent', 'NO_STATEMENT_EXIST'],
  ['available_refunds_in_bill', 'present', true],
];

for (const [name, way, seen] of CASES) {
  test(`${name}: ${way} shows ${JSON.stringify(seen)}`, async () => {
    await control.setPolicies({ [name]: way });
    assert.deepEqual(await LOOK[name](), seen);
  });
}

test('starts with the ways that the document calls defaults', async () => {
  const policies: Record<string, unknown> = { ...(await control.policies()) };
  for (const [name, way] of CASES.filter((it, i) => CASES[i - 1]?.[0] !== it[0])) {
    assert.equal(policies[name], way, name);
    delete policies[name];
  }
  assert.deepEqual(policies, {}); // every switch is in the table above, and its first way is the default
});

test('changes only what is named, and refuses what it does not know', async () => {
  const changed = await control.setPolicies({ modify_limit: 'once' });
  assert.deepEqual(changed, { ...(await control.resetPolicies()), modify_limit: 'once' });
  await assert.rejects(control.setPolicies({ modify_limit: 'twice' } as never), { status: 400 });
  await assert.rejects(control.setPolicies({ unknown: 1 } as never), { status: 400 });
});

test('takes policies as an option, which is checked too', async (t) => {
  const other = await open(t, { policies: { sync_notification: 'sent' } });
  assert.equal((await other.control.policies()).sync_notification, 'sent');
  const wrong: PolicyChange = { sync_notification: 'maybe' as never };
  await assert.rejects(open(t, { policies: wrong }), z.ZodError);
});

test('charges nothing where an order was modified to zero and stays', async () => {
  await control.setPolicies({ modify_to_zero: 'stays' });
  await billed();
  await modify(0);
  const { order, ledger } = await control.pay(no);
  const { details }: any = order['collection'];
  assert.deepEqual(
    [details[0].amount, details[0].transaction_id, ledger.at(-1)?.charged],
    [0, undefined, 0],
  );
});

test('shows nothing as charged where an order was modified to zero and that was paid', async () => {
  await control.setPolicies({ modify_to_zero: 'paid_zero' });
  await billed();
  const { json } = await modify(0);
  const { paid_time } = json.collection.details[0];
  assert.match(paid_time, /^\d{14}$/);
  assert.deepEqual(json.collection, {
    state: 'USER_PAID',
    total_amount: 0,
    paying_amount: 0,
    paid_amount: 0,
    details: [{ seq: 1, amount: 0, paid_type: 'NEWTON', paid_time, bank_type: 'OTHERS' }],
  });
  assert.deepEqual((await merchant.query(no)).json, json);
  assert.deepEqual([await events(), await told()], [['created', 'completed', 'modified'], []]);
  await billed();
  assert.equal((await modify(1)).json.collection.state, 'USER_PAYING', 'only of zero');
});

test('tells of a modification to zero that was paid where WeChat Pay tells of nothing to pay', async () => {
  await control.setPolicies({ modify_to_zero: 'paid_zero', zero_total_notification: 'sent' });
  await billed();
  const { json } = await modify(0);
  const [notification] = await control.notifications(no);
  assert.deepEqual(notification?.resource, json);
});
