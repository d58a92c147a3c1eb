/** Notifications are verified and opened where they count, however long no worker ran: nobody else can say so. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNotificationActivities } from '../../activities/notification.ts';
import { encryptResource } from '../../wechatpay/resource.ts';
import { newton, OPENID, plain, said } from '../payscore/order/orders.ts';
import {
  bytesOf,
  otherKey,
  platformKey,
  PLATFORM_SERIAL,
  sealedVector,
} from '../wechatpay/vectors.ts';
import { bothKeys, certificateOnly, signedHeaders, vectorHeaders } from '../wechatpay/wechat.ts';

const key = Buffer.from('0123456789abcdefABCDEF9876543210');
const otherApiV3Key = Buffer.from('ffffffffffffffffffffffffffffffff');
const opener = { keys: bothKeys, apiV3Keys: { current: key } };
const { openPaidNotification } = createNotificationActivities(opener);

/** A moment so many seconds ago, in seconds. */
const ago = (seconds: number) => String(Math.floor(Date.now() / 1000) - seconds);

interface Change {
  readonly event_type?: string;
  readonly resource?: unknown;
  readonly signing?: Parameters<typeof signedHeaders>[1];
  readonly headers?: Record<string, string>;
  readonly sealedWith?: Buffer;
}

/** As WeChat signs and seals it, and the API passes it on. */
function signed(change: Change = {}) {
  const { event_type = 'PAYSCORE.USER_PAID', resource = said('paid'), sealedWith = key } = change;
  const text = JSON.stringify(resource);
  const sealed = encryptResource(
    { text, nonce: 'fdasflkja484', associated_data: 'payscore' },
    sealedWith,
  );
  const envelope = { id: 'EV-1', event_type, resource: { original_type: 'payscore', ...sealed } };
  const body = JSON.stringify(envelope);
  const headers = signedHeaders(body, { timestamp: ago(0), ...change.signing });
  return {
    headers: { ...headers, ...change.headers },
    body: Buffer.from(body).toString('base64'),
  };
}

/** What is not believed says why, and repeats nothing of the message. */
async function why(notification: Parameters<typeof openPaidNotification>[0]): Promise<string> {
  const opened = await openPaidNotification(notification);
  assert.ok('why' in opened && opened.why !== '', JSON.stringify(opened));
  const { transaction_id } = newton;
  for (const told of [OPENID, transaction_id, 'EV-1', 'fdasflkja484', notification.body || 'EV']) {
    assert.ok(!opened.why.includes(told), opened.why);
  }
  return opened.why;
}

test('a genuine notification says how the order stands', async () => {
  const opened = await openPaidNotification(signed());
  assert.deepEqual(plain(opened), { said: said('paid'), id: 'EV-1' });
  assert.equal('said' in opened && opened.said.openid, OPENID);
});

for (const [what, seconds] of Object.entries({
  'an hour old': 3_600,
  'a month old': 30 * 86_400,
  'of a clock that runs ahead': -600,
})) {
  test(`a genuine notification that is ${what} counts as of the moment that WeChat signed it`, async () => {
    const opened = await openPaidNotification(signed({ signing: { timestamp: ago(seconds) } }));
    assert.ok('said' in opened, JSON.stringify(opened));
  });
}

test('what openssl signed and sealed for another year is believed and opened, and says too little', async () => {
  const current = Buffer.from(sealedVector('resource.json').key);
  const activities = createNotificationActivities({ keys: bothKeys, apiV3Keys: { current } });
  const body = bytesOf('notification.json').toString('base64');
  const headers = vectorHeaders('notification.sig') as Record<string, string>;
  const opened = await activities.openPaidNotification({ headers, body });
  assert.deepEqual(opened, { why: 'it says too little of the order' });
});

for (const [what, notification] of Object.entries({
  'signed by somebody else': signed({ signing: { key: otherKey } }),
  'signed with another of WeChat’s keys': signed({ signing: { key: platformKey } }),
  'of another nonce': signed({ headers: { 'wechatpay-nonce': 'other' } }),
  'of another moment': signed({ headers: { 'wechatpay-timestamp': ago(60) } }),
  'without a moment': signed({ headers: { 'wechatpay-timestamp': '' } }),
  'of no moment': signed({ headers: { 'wechatpay-timestamp': 'soon' } }),
  'of a moment that no clock knows': signed({ headers: { 'wechatpay-timestamp': '9'.repeat(12) } }),
  'without a signature': signed({ headers: { 'wechatpay-signature': '' } }),
  'under a serial that nobody knows': signed({ signing: { serial: 'PUB_KEY_ID_1' } }),
  'without headers': { ...signed(), headers: {} },
  'with a probe for a signature': signed({
    headers: { 'wechatpay-signature': 'WECHATPAY/SIGNTEST/abc' },
  }),
})) {
  test(`a notification ${what} is not believed`, async () => {
    assert.match(await why(notification), /^VerificationError: /);
  });
}

for (const [what, body] of Object.entries({
  'with one byte changed': Buffer.from(signed().body, 'base64').toString().replace('EV-1', 'EV-2'),
  'with something behind it': `${Buffer.from(signed().body, 'base64').toString()} `,
  'that is no JSON': '<xml/>',
})) {
  test(`a notification ${what} is not believed`, async () => {
    const notification = { ...signed(), body: Buffer.from(body).toString('base64') };
    assert.match(await why(notification), /^VerificationError: /);
  });
}

test('a notification that was too long to be carried says so, and nothing else is looked at', async () => {
  assert.match(await why({ ...signed(), body: '' }), /too long/);
  assert.match(await why({ headers: {}, body: '' }), /too long/);
});

for (const event_type of [
  'PAYSCORE.USER_OPEN_SERVICE',
  'PAYSCORE.USER_CLOSE_SERVICE',
  'PAYSCORE.USER_CONFIRM',
  'TRANSACTION.SUCCESS',
  'payscore.user_paid',
  '',
]) {
  test(`a genuine notification of '${event_type}' is about something else`, async () => {
    assert.match(await why(signed({ event_type })), /about something else/);
  });
}

const { state: _, ...stateless } = said('paid');
for (const [what, resource] of Object.entries({
  'without a state': stateless,
  'with a number for its order': { ...said('paid'), out_order_no: 1 },
  'with an amount that is none': { ...said('paid'), total_amount: -1 },
  'with details that are none': { ...said('paid'), collection: { state: 'USER_PAID', details: 1 } },
  'with nothing': {},
})) {
  test(`a genuine notification ${what} says too little`, async () => {
    assert.match(await why(signed({ resource })), /too little/);
  });
}

test('a genuine notification whose resource is no order cannot be opened', async () => {
  for (const resource of [[], 'paid', null, 1]) {
    assert.match(await why(signed({ resource })), /^DecryptionError: /);
  }
});

test('a notification that was sealed with a key that is gone is not believed, and its order asked for', async () => {
  assert.match(await why(signed({ sealedWith: otherApiV3Key })), /^DecryptionError: /);
});

// when the notification was signed, in seconds before the previous key's end
for (const [seconds, isOpened] of [
  [1, true],
  [0, true],
  [-2, false],
] as const) {
  test(`a notification signed ${seconds} s before the previous APIv3 key ends is ${isOpened ? '' : 'not '}opened with it, an hour later`, async () => {
    const end = Number(ago(3_600));
    const previous = { key: otherApiV3Key, until: new Date(end * 1000) };
    const activities = createNotificationActivities({
      keys: bothKeys,
      apiV3Keys: { current: key, previous },
    });
    const signing = { timestamp: String(end - seconds) };
    const notification = signed({ sealedWith: otherApiV3Key, signing });
    assert.equal('said' in (await activities.openPaidNotification(notification)), isOpened);
  });
}

test('a certificate that is not known yet is looked for once', async () => {
  let refreshed = 0;
  let keys = bothKeys;
  const changing = { ...bothKeys, find: (serial: string, at: Date) => keys.find(serial, at) };
  keys = { ...bothKeys, find: () => undefined };
  const activities = createNotificationActivities({
    ...opener,
    keys: changing,
    refresh: async () => {
      refreshed += 1;
      keys = certificateOnly;
    },
  });
  const signing = { key: platformKey, serial: PLATFORM_SERIAL, timestamp: ago(3_600) };
  assert.ok('said' in (await activities.openPaidNotification(signed({ signing }))));
  assert.equal(refreshed, 1);
  keys = { ...bothKeys, find: () => undefined };
  const unknown = signed({ signing: { ...signing, serial: 'NOBODYS' } });
  assert.ok('why' in (await activities.openPaidNotification(unknown)));
  assert.equal(refreshed, 2);
});

test('whatever is not believed is counted', async () => {
  const reasons: string[] = [];
  const counting = createNotificationActivities({
    ...opener,
    onUnverified: (reason) => void reasons.push(reason),
  });
  await counting.openPaidNotification(signed());
  await counting.openPaidNotification(signed({ signing: { key: otherKey } }));
  await counting.openPaidNotification(signed({ sealedWith: otherApiV3Key }));
  assert.deepEqual(reasons, ['signature']);
});

test('a fault of our own is told as one, and not thrown', async () => {
  const broken = {
    ...bothKeys,
    find(): never {
      throw new TypeError('a mistake of ours');
    },
  };
  const activities = createNotificationActivities({ ...opener, keys: broken });
  assert.deepEqual(await activities.openPaidNotification(signed()), {
    why: 'TypeError: a mistake of ours',
  });
});
