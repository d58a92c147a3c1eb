/** Faults of notifications: what is sent, to be judged by the receiver's own crypto, and what comes after it. */
import assert from 'node:assert/strict';
import { createDecipheriv, createPublicKey, createVerify } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NotificationFault } from '../../simulator/control.ts';
import { open, signedBy, type Opened } from './merchant.ts';
import { decrypt, openReceiver, until, type Received } from './receiver.ts';

type Test = Parameters<typeof open>[0];
type Respond = Parameters<typeof openReceiver>[1];

async function openBilled(t: Test, respond?: Respond) {
  const receiver = await openReceiver(t, respond);
  const opened = await open(t);
  await opened.bill('M1', { notify_url: receiver.notify_url });
  const attempts = async (number = 'M1') =>
    (await opened.control.notifications(number))[0]?.attempts;
  return { ...opened, ...receiver, attempts };
}

/** What the merchant's endpoint gets from a payment whose first send is struck: the struck send, and the next. */
async function struckThenTrue(
  t: Test,
  fault: NotificationFault,
  parameters: { fields?: string[]; serial?: string } = {},
) {
  const opened = await openBilled(t, (res, nth) => res.writeHead(nth === 1 ? 401 : 204).end());
  await opened.control.planNotificationFault({ fault, out_order_no: 'M1', ...parameters });
  await opened.control.pay('M1');
  await until(async () => (await opened.attempts())?.length === 1);
  await opened.control.setClock({ advance_seconds: 15 });
  await until(async () => (await opened.attempts())?.length === 2);
  const [struck, after] = opened.received;
  assert.ok(struck && after);
  assert.equal(decrypt(after, opened.simulator).total_amount, 800);
  assert.ok(signedBy(after, opened.simulator.merchant));
  assert.deepEqual(
    (await opened.attempts())?.map((it) => [it.fault, it.status]),
    [
      [fault, 401],
      [undefined, 204],
    ],
  );
  return { ...opened, struck, after };
}

const signature = ({ headers }: Received) => headers.get('Wechatpay-Signature') ?? '';
const serial = ({ headers }: Received) => headers.get('Wechatpay-Serial') ?? '';

const unbelievable: [
  title: string,
  NotificationFault,
  (struck: Received, opened: Opened) => boolean,
][] = [
  [
    'bad-signature carries a signature of other bytes, and the next send a true one',
    'bad-signature',
    (struck) => /^[\w+/]{342}==$/.test(signature(struck)),
  ],
  [
    'signtest carries a signature that begins with WECHATPAY/SIGNTEST/, and the next send a true one',
    'signtest',
    (struck) => signature(struck).startsWith('WECHATPAY/SIGNTEST/'),
  ],
  [
    'stale-signature carries a signature of ten minutes ago, and the next send a true one',
    'stale-signature',
    (struck, { simulator }) => {
      const { headers, text } = struck;
      const timestamp = headers.get('Wechatpay-Timestamp');
      const key = createPublicKey(simulator.merchant.public_key);
      return (
        Math.abs(Date.now() / 1000 - Number(timestamp) - 600) < 30 &&
        createVerify('sha256')
          .update(`${timestamp}\n${headers.get('Wechatpay-Nonce')}\n${text}\n`)
          .verify(key, signature(struck), 'base64')
      );
    },
  ],
  [
    'foreign-signature carries a known serial whose key did not sign, and the next send a true one',
    'foreign-signature',
    (struck, { simulator }) => serial(struck) === simulator.merchant.public_key_id,
  ],
  [
    'unknown-serial carries the serial of a key that nobody has, and the next send a true one',
    'unknown-serial',
    (struck, { simulator }) =>
      /^[0-9A-F]{40}$/.test(serial(struck)) &&
      serial(struck) !== simulator.merchant.platform_serial_no,
  ],
];

for (const [title, fault, holds] of unbelievable) {
  test(title, async (t) => {
    const opened = await struckThenTrue(t, fault);
    assert.equal(signedBy(opened.struck, opened.simulator.merchant), undefined);
    assert.ok(holds(opened.struck, opened));
    assert.equal(opened.struck.text, opened.after.text);
  });
}

test('signed-by signs with whichever of its keys WeChat Pay is told', async (t) => {
  const opened = await openBilled(t);
  const { platform_serial_no } = opened.simulator.merchant;
  await opened.control.planNotificationFault({ fault: 'signed-by', serial: platform_serial_no });
  await opened.control.pay('M1');
  await until(() => opened.received.length === 1);
  assert.equal(signedBy(opened.received[0], opened.simulator.merchant), platform_serial_no);
});

test('signed-by is refused without a serial, and for a key that WeChat Pay does not have', async (t) => {
  const { control } = await open(t);
  await assert.rejects(control.planNotificationFault({ fault: 'signed-by' }), { status: 400 });
  const strange = control.planNotificationFault({ fault: 'signed-by', serial: 'F'.repeat(40) });
  await assert.rejects(strange, { status: 400, message: /no key/ });
});

test('signed-by-other-kind signs with the certificate where the public key is usual', async (t) => {
  const { struck, after, simulator } = await struckThenTrue(t, 'signed-by-other-kind');
  assert.equal(signedBy(struck, simulator.merchant), simulator.merchant.platform_serial_no);
  assert.equal(signedBy(after, simulator.merchant), simulator.merchant.public_key_id);
});

test('other-apiv3-key does not open with the merchant’s key, truly signed', async (t) => {
  const { struck, simulator } = await struckThenTrue(t, 'other-apiv3-key');
  assert.ok(signedBy(struck, simulator.merchant));
  assert.throws(() => decrypt(struck, simulator), /authenticate/);
});

test('total-as-text writes the total as text, as the official sample does', async (t) => {
  const { struck, after, simulator } = await struckThenTrue(t, 'total-as-text');
  assert.ok(signedBy(struck, simulator.merchant));
  const told = decrypt(struck, simulator);
  assert.deepEqual(told, { ...decrypt(after, simulator), total_amount: '800' });
  assert.notEqual(struck.json.resource.nonce, after.json.resource.nonce);
});

test('fields-missing leaves out the named fields of the resource', async (t) => {
  const fields = ['openid', 'collection'];
  const { struck, after, simulator } = await struckThenTrue(t, 'fields-missing', { fields });
  const { openid, collection, ...rest } = decrypt(after, simulator);
  assert.ok(openid && collection);
  assert.deepEqual(decrypt(struck, simulator), rest);
});

test('fields-missing is refused without any field', async (t) => {
  const { control } = await open(t);
  await assert.rejects(control.planNotificationFault({ fault: 'fields-missing' }), { status: 400 });
});

/** By hand: what is absent must not be filled in. */
function opensWithNothingAssociated({ json }: Received, { simulator }: Opened): boolean {
  const sealed = Buffer.from(json.resource.ciphertext, 'base64');
  const key = simulator.merchant.api_v3_key;
  const cipher = createDecipheriv('aes-256-gcm', key, json.resource.nonce, { authTagLength: 16 });
  cipher.setAuthTag(sealed.subarray(-16));
  const text = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]).toString();
  return JSON.parse(text).total_amount === 800;
}

test('associated-data-empty associates nothing, and says so', async (t) => {
  const opened = await struckThenTrue(t, 'associated-data-empty');
  assert.equal(opened.struck.json.resource.associated_data, '');
  assert.ok(opensWithNothingAssociated(opened.struck, opened));
});

test('associated-data-absent associates nothing, and does not mention it', async (t) => {
  const opened = await struckThenTrue(t, 'associated-data-absent');
  assert.ok(!('associated_data' in opened.struck.json.resource));
  assert.ok(opensWithNothingAssociated(opened.struck, opened));
});

test('nonce-of-16 seals under a nonce of 16 characters', async (t) => {
  const { struck, after, simulator } = await struckThenTrue(t, 'nonce-of-16');
  assert.equal(struck.json.resource.nonce.length, 16);
  assert.equal(after.json.resource.nonce.length, 12);
  assert.deepEqual(decrypt(struck, simulator), decrypt(after, simulator));
});

test('under-new-id tells the same event under another id, and goes on under its own', async (t) => {
  const { struck, after, simulator } = await struckThenTrue(t, 'under-new-id');
  assert.notEqual(struck.json.id, after.json.id);
  assert.match(struck.json.id, /^[0-9a-f-]{36}$/);
  assert.deepEqual(decrypt(struck, simulator), decrypt(after, simulator));
});

test('unknown-event-type names an event that no document knows, under the same id', async (t) => {
  const { struck, after } = await struckThenTrue(t, 'unknown-event-type');
  assert.equal(struck.json.event_type, 'PAYSCORE.SOMETHING_NEW');
  assert.equal(after.json.event_type, 'PAYSCORE.USER_PAID');
  assert.equal(struck.json.id, after.json.id);
});

test('lost swallows one send, and the schedule goes on', async (t) => {
  const { control, received, attempts } = await openBilled(t);
  await control.planNotificationFault({ fault: 'lost', times: 2 });
  await control.pay('M1');
  await until(async () => (await attempts())?.length === 1);
  await control.setClock({ advance_seconds: 15 });
  await until(async () => (await attempts())?.length === 2);
  assert.equal(received.length, 0);
  await control.setClock({ advance_seconds: 15 });
  await until(() => received.length === 1);
  await until(async () => (await attempts())?.length === 3);
  assert.deepEqual(
    (await attempts())?.map(({ error, fault }) => [error, fault]),
    [
      ['lost', 'lost'],
      ['lost', 'lost'],
      [undefined, undefined],
    ],
  );
});

test('lost ten times is never sent at all', async (t) => {
  const { control, received, attempts } = await openBilled(t);
  await control.planNotificationFault({ fault: 'lost', times: 10 });
  await control.pay('M1');
  for (let sends = 1; sends <= 10; sends++) {
    await until(async () => (await attempts())?.length === sends);
    await control.setClock({ advance_seconds: 3600 });
  }
  assert.equal((await control.notifications('M1'))[0]?.state, 'given_up');
  assert.equal(received.length, 0);
});

test('doubled sends twice at once, the same bytes, signed each for itself, and uses up one send', async (t) => {
  const { control, received, attempts } = await openBilled(t, (res) => res.writeHead(500).end());
  await control.pay('M1');
  await until(async () => (await attempts())?.length === 1);
  await control.planNotificationFault({ fault: 'doubled' });
  await control.setClock({ advance_seconds: 15 });
  await until(async () => (await attempts())?.length === 3);
  const [, one, other] = received;
  assert.equal(one?.text, other?.text);
  assert.notEqual(one?.headers.get('Wechatpay-Nonce'), other?.headers.get('Wechatpay-Nonce'));
  const [notification] = await control.notifications('M1');
  const next = Date.parse(notification?.next_attempt_time ?? '');
  const waits = (next - Date.parse((await control.clock()).now)) / 1000;
  assert.ok(waits <= 15, `${waits} s`); // after a third send it would be 30 s
});

test('late comes after its delay of business time, and uses up no send', async (t) => {
  const { control, received, attempts } = await openBilled(t);
  await control.planNotificationFault({ fault: 'late', delay_seconds: 7200 });
  await control.pay('M1');
  await until(async () => (await control.faults()).notification_faults.length === 0);
  await control.setClock({ advance_seconds: 7100 });
  await sleep(200);
  assert.equal(received.length, 0);
  await control.setClock({ advance_seconds: 101 });
  await until(() => received.length === 1);
  await until(async () => (await attempts())?.length === 1);
  assert.equal((await control.notifications('M1'))[0]?.state, 'delivered');
});

test('reordered lets the next one pass first', async (t) => {
  const { control, bill, received, notify_url } = await openBilled(t);
  await bill('M2', { notify_url });
  await control.planNotificationFault({ fault: 'reordered', out_order_no: 'M1' });
  await control.pay('M1');
  await until(async () => (await control.faults()).notification_faults.length === 0);
  await sleep(100);
  assert.equal(received.length, 0);
  const [first] = await control.notifications('M1');
  await control.pay('M2');
  await until(() => received.length === 2);
  const [second] = await control.notifications('M2');
  assert.deepEqual(
    received.map(({ json }) => json.id),
    [second?.id, first?.id],
  );
});

test('reordered comes after a minute of business time, when nothing passes it', async (t) => {
  const { control, received } = await openBilled(t);
  await control.planNotificationFault({ fault: 'reordered' });
  await control.pay('M1');
  await until(async () => (await control.faults()).notification_faults.length === 0);
  await control.setClock({ advance_seconds: 61 });
  await until(() => received.length === 1);
});

test('a fault strikes its own event and order, and no send by hand', async (t) => {
  const { control, received, attempts } = await openBilled(t);
  await control.planNotificationFault({ fault: 'lost', event_type: 'PAYSCORE.USER_OPEN_SERVICE' });
  await control.planNotificationFault({ fault: 'lost', out_order_no: 'another' });
  await control.pay('M1');
  await until(async () => (await attempts())?.length === 1);
  await control.planNotificationFault({ fault: 'lost' });
  const [notification] = await control.notifications('M1');
  await control.resend(notification?.id ?? '');
  assert.equal(received.length, 2);
  assert.equal((await control.faults()).notification_faults.length, 3);
});
