/** Which of the simulator's answers wechatpay-axios-plugin believes, and which spoilt ones it does not catch. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Fault } from '../../simulator/control.ts';
import { TransportError, WechatpayRefusal } from '../../wechatpay/errors.ts';
import { clientOf } from '../support/merchant.ts';
import { newNumber } from '../support/orders.ts';
import { certificateOf, failureOf, pluginOf, publicKeyOf } from './plugin.ts';
import { openStory } from './story.ts';

const story = await openStory();
const { merchant } = story.simulator;
const trusts = { 'public key': publicKeyOf(merchant), certificate: certificateOf(merchant) };

for (const [kind, certs] of Object.entries(trusts)) {
  test(`believes answers under the ${kind}, those without a body too`, async () => {
    const plugin = pluginOf(merchant, certs);
    const out_order_no = newNumber();
    const created = await plugin.create(story.createBody(out_order_no));
    assert.equal(created.headers['wechatpay-serial'], Object.keys(certs)[0]);
    assert.equal((await plugin.query(out_order_no)).data.state, 'DOING');

    const openid = `o${newNumber()}`;
    await story.control.authorise(openid);
    const body = { ...plugin.identity, reason: '用户要求' };
    const path = 'v3/payscore/permissions/openid/{openid}/terminate';
    assert.equal((await plugin.post(path, body, { openid })).status, 204);
  });

  test(`does not believe under the ${kind} what another key signed`, async () => {
    const serial = Object.keys(certs)[0] ?? '';
    const other = Object.values(kind === 'certificate' ? trusts['public key'] : trusts.certificate);
    const failure = await failureOf(
      pluginOf(merchant, { [serial]: other[0] ?? '' }).query(newOrder),
    );
    assert.equal(failure.code, 'EV3_RES_HEADER_SIGNATURE_DIGEST');
  });
}

const newOrder = await story.serve();

/** By the plugin's own codes, by axios's, or by Node's. */
const caught: Partial<Record<Fault, string>> = {
  'bad-signature': 'EV3_RES_HEADER_SIGNATURE_DIGEST',
  signtest: 'EV3_RES_HEADER_SIGNATURE_DIGEST',
  'foreign-signature': 'EV3_RES_HEADER_SIGNATURE_DIGEST',
  'stale-signature': 'EV3_RES_HEADER_TIMESTAMP_OFFSET',
  'unknown-serial': 'EV3_RES_HEADER_PLATFORM_SERIAL',
  'repeated-headers': 'EV3_RES_HEADER_PLATFORM_SERIAL',
  'folded-headers': 'HPE_INVALID_HEADER_TOKEN',
  'half-json': 'EV3_RES_HEADER_SIGNATURE_DIGEST',
  'short-body': 'ERR_BAD_RESPONSE',
  'executed-then-cut': 'ECONNRESET',
  'unsigned-502': 'ERR_BAD_RESPONSE',
};
for (const [fault, code] of Object.entries(caught)) {
  test(`catches ${fault} as ${code}`, async () => {
    await story.control.planFault({ call: 'query', fault: fault as Fault });
    assert.equal((await failureOf(story.plugin.query(newOrder))).code, code);
    assert.equal((await story.plugin.query(newOrder)).data.state, 'DOING');
  });
}

test('catches a spoilt signature over nothing, of a 204', async () => {
  const openid = `o${newNumber()}`;
  await story.control.authorise(openid);
  await story.control.planFault({ call: 'terminate', fault: 'bad-signature' });
  const body = { ...story.plugin.identity, reason: '用户要求' };
  const path = 'v3/payscore/permissions/openid/{openid}/terminate';
  const failure = await failureOf(story.plugin.post(path, body, { openid }));
  assert.equal(failure.code, 'EV3_RES_HEADER_SIGNATURE_DIGEST');
});

// What it does not catch, each beside our client, which does.
const ours = clientOf(merchant);
after(() => ours.close());
const oursOf = (out_order_no: string) =>
  ours.getServiceOrder({ ...story.plugin.identity, out_order_no });

const notCaught: [fault: Fault, status: number, data: RegExp][] = [
  ['half-json-signed', 200, /^\{"appid":/],
  ['not-json', 200, /^<xml>/],
  ['accepted-202', 202, /^$/],
];
for (const [fault, status, data] of notCaught) {
  test(`takes ${fault} for a success whose data is text, where ours has no answer`, async () => {
    await story.control.planFault({ call: 'query', fault, times: 2 });
    const answer = await story.plugin.query(newOrder);
    assert.equal(answer.status, status);
    assert.match(answer.data, data);
    await assert.rejects(oursOf(newOrder), TransportError);
  });
}

test('reads a refusal whoever signed it, where ours says whether it is proven', async () => {
  const spoilings: Fault[] = ['bad-signature', 'signtest', 'stale-signature', 'unknown-serial'];
  for (const fault of spoilings) {
    const unknown = newNumber();
    await story.control.planFault({ call: 'query', fault, times: 2 });
    const { response } = await failureOf(story.plugin.query(unknown));
    assert.deepEqual([response?.status, response?.data.code], [404, 'ORDER_NOT_EXIST'], fault);
    await assert.rejects(oursOf(unknown), { errorCode: 'ORDER_NOT_EXIST', proven: false });
  }
  await assert.rejects(oursOf(newNumber()), { errorCode: 'ORDER_NOT_EXIST', proven: true });
});

test('reads a refusal without any signature, where ours says that it is not proven', async () => {
  await story.control.planFault({ call: 'query', fault: 'refused-unsigned', times: 2 });
  const { response } = await failureOf(story.plugin.query(newOrder));
  assert.deepEqual([response?.status, response?.data.code], [403, 'NO_AUTH']);
  await assert.rejects(oursOf(newOrder), (error) => {
    assert.ok(error instanceof WechatpayRefusal, 'not a refusal');
    assert.deepEqual([error.status, error.proven], [403, false]);
    return true;
  });
});

test('follows a redirect with its signature, where ours goes nowhere', async () => {
  const { url } = story.simulator;
  const location = `${url}/v3/payscore/serviceorder?elsewhere`;
  await story.control.planFault({ call: 'query', fault: 'redirect', location, times: 2 });
  const { response } = await failureOf(story.plugin.query(newOrder));
  assert.deepEqual([response?.status, response?.data.code], [401, 'SIGN_ERROR']);
  await assert.rejects(oursOf(newOrder), { name: 'TransportError', status: 302 });
});
