/** The simulator's notifications, over HTTP, verified and opened by wechatpay-axios-plugin's primitives. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin';
import type { NotificationFault } from '../../simulator/control.ts';
import type { Json } from '../simulator/merchant.ts';
import { until, type Received } from '../simulator/receiver.ts';
import { newNumber, newOpenid } from '../support/orders.ts';
import { certificateOf, publicKeyOf } from './plugin.ts';
import { openStory } from './story.ts';

const story = await openStory();
const { control, receiver } = story;
const { merchant } = story.simulator;
const certs = { ...publicKeyOf(merchant), ...certificateOf(merchant) };

/** As its README shows it: the serial chooses the key; the time is for the caller to judge. */
function isVerified({ headers, text }: Received): boolean {
  const header = (name: string) => headers.get(`Wechatpay-${name}`) ?? '';
  const key = certs[header('Serial')];
  if (key === undefined) return false;
  const message = Formatter.response(header('Timestamp'), header('Nonce'), text);
  return Rsa.verify(message, header('Signature'), key);
}

function opened({ json }: Received): Json {
  const { ciphertext, nonce, associated_data } = json.resource;
  return JSON.parse(Aes.AesGcm.decrypt(ciphertext, merchant.api_v3_key, nonce, associated_data));
}

/** The next that arrives while this happens. */
async function received(happen: () => Promise<unknown>): Promise<Received> {
  const before = receiver.received.length;
  await happen();
  await until(() => receiver.received.length > before);
  return receiver.received[before]!;
}

async function paid(fault?: NotificationFault): Promise<Received> {
  const out_order_no = await story.bill();
  if (fault !== undefined) await control.planNotificationFault({ fault, out_order_no });
  return await received(() => control.pay(out_order_no));
}

for (const kind of ['public-key', 'certificate'] as const) {
  test(`verifies and opens a payment under the ${kind}`, async () => {
    await control.setKeys({ notify_with: kind });
    const message = await paid();
    await control.setKeys({ notify_with: 'public-key' });
    const serials = {
      'public-key': merchant.public_key_id,
      certificate: merchant.platform_serial_no,
    };
    assert.equal(message.headers.get('Wechatpay-Serial'), serials[kind]);
    assert.equal(isVerified(message), true);
    const { state, total_amount, collection } = opened(message);
    assert.deepEqual([state, total_amount, collection.state], ['DONE', 800, 'USER_PAID']);
  });
}

test('verifies and opens the end of an authorisation, and its beginning', async () => {
  await control.setService({ authorization_notify_url: receiver.notify_url });
  const openid = newOpenid();
  for (const [happen, user_service_status] of [
    [control.authorise, 'USER_OPEN_SERVICE'],
    [control.revoke, 'USER_CLOSE_SERVICE'],
  ] as const) {
    const message = await received(() => happen(openid));
    assert.equal(isVerified(message), true);
    const told = opened(message);
    assert.deepEqual([told.openid, told.user_service_status], [openid, user_service_status]);
  }
});

test('verifies and opens the confirmation of an order that was only CREATED', async () => {
  await control.setPolicies({ create_state: 'CREATED' });
  const out_order_no = newNumber();
  await story.plugin.create(story.createBody(out_order_no));
  await control.resetPolicies();
  const message = await received(() => control.confirm(out_order_no));
  assert.equal(isVerified(message), true);
  const { state, state_description } = opened(message);
  assert.deepEqual([state, state_description], ['DOING', 'USER_CONFIRM']);
});

const refused: NotificationFault[] = [
  'bad-signature',
  'signtest',
  'foreign-signature',
  'unknown-serial',
];
for (const fault of refused) {
  test(`does not verify ${fault}`, async () => {
    assert.equal(isVerified(await paid(fault)), false);
  });
}

test('verifies stale-signature: the age of a message is for its caller to judge', async () => {
  const message = await paid('stale-signature');
  const age = Formatter.timestamp() - Number(message.headers.get('Wechatpay-Timestamp'));
  assert.deepEqual([isVerified(message), age > 300], [true, true]);
});

test('verifies but does not open other-apiv3-key', async () => {
  const message = await paid('other-apiv3-key');
  assert.equal(isVerified(message), true);
  assert.throws(() => opened(message), /unable to authenticate data/);
});

const odd: NotificationFault[] = [
  'associated-data-empty',
  'associated-data-absent',
  'nonce-of-16',
  'signed-by-other-kind',
  'total-as-text',
];
for (const fault of odd) {
  test(`verifies and opens ${fault}`, async () => {
    const message = await paid(fault);
    assert.equal(isVerified(message), true);
    assert.equal(Number(opened(message).total_amount), 800);
  });
}
