/** A simulator with a folder: what it finds again. */
import assert from 'node:assert/strict';
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createControl } from '../../simulator/control.ts';
import { startSimulator } from '../../simulator/create.ts';
import { merchantOf, open, OPENID } from './merchant.ts';
import { openReceiver, until } from './receiver.ts';

function newFolder(t: { after(fn: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('finds its merchant, users and orders again', async (t) => {
  const folder = newFolder(t);
  const first = await startSimulator({ folder });
  await createControl(first.url).authorise(OPENID);
  await merchantOf(first).serve('P1');
  await first.stop();

  const second = await startSimulator({ folder });
  t.after(() => second.stop());
  const { base_url, ...merchant } = second.merchant;
  assert.deepEqual({ ...merchant, base_url: first.url }, first.merchant);
  assert.equal(base_url, second.url);
  const { permission, query, complete, completeBody } = merchantOf(second);
  assert.equal((await permission(OPENID)).json.authorization_state, 'AVAILABLE');
  assert.equal((await query('P1')).json.state_description, 'USER_CONFIRM');
  assert.equal((await complete('P1', completeBody())).status, 200); // the clock is still ahead
  assert.equal((await createControl(second.url).order('P1')).ledger.length, 2);
});

test('goes on with notifications that were not acknowledged, and with holding them', async (t) => {
  const folder = newFolder(t);
  const { received, notify_url } = await openReceiver(t, (res, nth) =>
    res.writeHead(nth === 1 ? 500 : 204).end(),
  );
  const first = await startSimulator({ folder });
  const before = createControl(first.url);
  await before.authorise(OPENID);
  await merchantOf(first).bill('P2', { notify_url });
  await before.pay('P2');
  await until(async () => (await before.notifications('P2'))[0]?.attempts.length === 1);
  await before.holdNotifications();
  await first.stop();

  const second = await startSimulator({ folder });
  t.after(() => second.stop());
  const control = createControl(second.url);
  await control.setClock({ advance_seconds: 20 });
  assert.equal(received.length, 1);
  await control.releaseNotifications();
  await until(() => received.length === 2);
  assert.equal(received[1]?.text, received[0]?.text);
  const [notification] = await control.notifications('P2');
  assert.equal(notification?.id, received[0]?.json.id);
});

test('repeats after a restart what fell due while it was away', async (t) => {
  const folder = newFolder(t);
  const { received, notify_url } = await openReceiver(t, (res, nth) =>
    res.writeHead(nth === 1 ? 500 : 204).end(),
  );
  const first = await startSimulator({ folder });
  const before = createControl(first.url);
  await before.authorise(OPENID);
  await merchantOf(first).bill('P4', { notify_url });
  await before.pay('P4');
  await until(async () => (await before.notifications('P4'))[0]?.attempts.length === 1);
  await first.stop();

  const second = await startSimulator({ folder, timeFactor: 1000 });
  t.after(() => second.stop());
  await until(() => received.length === 2);
});

test('does not repeat after a restart what was acknowledged before it', async (t) => {
  const folder = newFolder(t);
  const { received, notify_url } = await openReceiver(t);
  const first = await startSimulator({ folder });
  const before = createControl(first.url);
  await before.authorise(OPENID);
  await merchantOf(first).bill('P3', { notify_url });
  await before.pay('P3');
  await until(async () => (await before.notifications('P3'))[0]?.state === 'delivered');
  await first.stop();

  const second = await startSimulator({ folder });
  t.after(() => second.stop());
  await createControl(second.url).setClock({ advance_seconds: 86_400 });
  assert.equal((await createControl(second.url).notifications('P3')).length, 1);
  assert.equal(received.length, 1);
});

test('finds scripts, windows, policies, behaviours, codes and tokens again, and how many attempts were made', async (t) => {
  const folder = newFolder(t);
  const first = await startSimulator({ folder, timeFactor: 0.001 });
  first.clock.set({ now: new Date('2026-10-01T11:00:00+08:00') });
  const before = createControl(first.url);
  const merchant = merchantOf(first);
  await before.authorise(OPENID);
  await before.setPolicies({ sync_notification: 'sent' });
  await before.setBehaviour('ou-teen', { creation: 'teen_mode' });
  await before.setService({ authorization_notify_url: 'http://127.0.0.1:9/notify' });
  await merchant.bill('P5');
  await before.scriptCharging('P5', { failures: 2, interval_seconds: 600 });
  merchant.pass(601);
  await before.openChargingWindow('P5', 60);
  const { json } = await merchant.prepare('P5-code');
  await first.stop();

  const second = await startSimulator({ folder });
  t.after(() => second.stop());
  const control = createControl(second.url);
  const { change, changeBody, pass, agreement, query } = merchantOf(second);
  assert.equal((await control.policies()).sync_notification, 'sent');
  assert.equal((await control.behaviour('ou-teen')).creation, 'teen_mode');
  const told = await control.service();
  assert.equal(told.authorization_notify_url, 'http://127.0.0.1:9/notify');
  const busy = await change('cancel', 'P5', changeBody());
  assert.equal(busy.json.message, '单据正在扣款中，请稍后再试');
  await control.authoriseByToken(json.apply_permissions_token, 'ou-returned');
  assert.equal((await agreement('P5-code')).json.authorization_state, 'AVAILABLE');
  pass(1200);
  assert.equal((await query('P5')).json.collection.details[0].paid_time, '20261001123000');
  const { ledger } = await control.order('P5');
  assert.deepEqual(
    ledger.map(({ event }) => event),
    ['created', 'completed', 'charge_failed', 'charge_failed', 'charged'],
  );
});

test('finds an order by its query_id again', async (t) => {
  const folder = newFolder(t);
  const first = await open(t, { folder, policies: { create_state: 'CREATED' } });
  await first.create(first.createBody('P-query'));
  const { query_id } = await first.control.order('P-query');
  await first.simulator.stop();

  const { send, identity, control } = await open(t, { folder });
  assert.equal((await control.order('P-query')).query_id, query_id);
  const query = new URLSearchParams({ ...identity, query_id: String(query_id) });
  const got = await send('GET', `/v3/payscore/serviceorder?${query.toString()}`);
  assert.deepEqual([got.status, got.json.out_order_no], [200, 'P-query']);
});

test('makes up after a restart for what time did while it was away', async (t) => {
  const folder = newFolder(t);
  const { received, notify_url } = await openReceiver(t);
  const first = await startSimulator({ folder });
  const before = createControl(first.url);
  await before.authorise(OPENID);
  await merchantOf(first).bill('P6', { notify_url });
  await before.scriptCharging('P6', { failures: 0, interval_seconds: 2 });
  await first.stop();

  const second = await startSimulator({ folder, timeFactor: 1000 });
  t.after(() => second.stop());
  await until(() => received.length === 1);
  assert.equal(received[0]?.json.event_type, 'PAYSCORE.USER_PAID');
});

test('finds refunds, their scripts and the account again, and tells what became of one while it was away', async (t) => {
  const folder = newFolder(t);
  const { received, notify_url } = await openReceiver(t);
  const first = await startSimulator({ folder });
  const before = createControl(first.url);
  const merchant = merchantOf(first);
  await before.authorise(OPENID);
  await merchant.bill('P7');
  await before.pay('P7');
  await before.setAccount({ balance: 800, refund_notify_url: notify_url });
  await before.scriptRefunds({ out_order_no: 'P7' }, { becomes: 'CLOSED', delay_seconds: 2 });
  const [transaction = ''] = await merchant.transactions('P7');
  const accepted = await merchant.refund(merchant.refundBody(transaction, 'P7-1', 300));
  await before.scriptRefunds({ out_refund_no: 'P7-2' }, { refused: 'no_auth' });
  await first.stop();

  const second = await startSimulator({ folder, timeFactor: 1000 });
  t.after(() => second.stop());
  await until(() => received.length === 1);
  assert.equal(received[0]?.json.event_type, 'REFUND.CLOSED');
  const { refund, refundBody, queryRefund, pass } = merchantOf(second);
  const { json } = await queryRefund('P7-1');
  assert.deepEqual({ ...json, status: 'PROCESSING' }, accepted.json);
  assert.equal((await createControl(second.url).account()).balance, 800);
  pass(60);
  assert.equal((await refund(refundBody(transaction, 'P7-2', 300))).status, 403);
  assert.equal((await refund(refundBody(transaction, 'P7-3', 800))).status, 200);
});

test('lets the policies of the options go before those it remembers, and keeps the others', async (t) => {
  const folder = newFolder(t);
  const first = await startSimulator({
    folder,
    policies: { modify_limit: 'once', sync_day: 'ends' },
  });
  await first.stop();
  const second = await startSimulator({ folder, policies: { sync_day: 'begins' } });
  t.after(() => second.stop());
  const { modify_limit, sync_day } = await createControl(second.url).policies();
  assert.deepEqual([modify_limit, sync_day], ['once', 'begins']);
});

test('writes a merchant’s files: keys that fit, numbers, secrets of 32 characters, readable by the owner only', async (t) => {
  const folder = newFolder(t);
  const simulator = await startSimulator({ folder });
  t.after(() => simulator.stop());
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');

  const named = JSON.parse(read('merchant.json'));
  const certificate = new X509Certificate(read('apiclient_cert.pem'));
  assert.match(named.serial_no, /^[0-9A-F]{40}$/);
  assert.equal(certificate.serialNumber, named.serial_no);
  assert.ok(certificate.checkPrivateKey(createPrivateKey(read('apiclient_key.pem'))));
  const platform = new X509Certificate(read('wechatpay_cert.pem'));
  assert.equal(platform.serialNumber, named.platform_serial_no);
  assert.match(read('apiv3_key.txt'), /^\w{32}$/);
  assert.match(read('apiv2_key.txt'), /^\w{32}$/);
  assert.match(read('pub_key.pem'), /BEGIN PUBLIC KEY/);
  assert.match(named.public_key_id, /^PUB_KEY_ID_\d+$/);
  assert.match(named.service_id, /^\d{32}$/);
  assert.equal(named.base_url, simulator.url);
  for (const name of [
    'apiclient_key.pem',
    'apiv3_key.txt',
    'wechat/platform_key.pem',
    'state.jsonl',
  ]) {
    assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name);
  }
});

test('names the merchant as environment variables too, under the address by which others reach it', async (t) => {
  const folder = newFolder(t);
  const notifyUrl = 'http://api:3000/wechatpay/notifications';
  const simulator = await startSimulator({ folder, url: 'http://simulator:9080', notifyUrl });
  t.after(() => simulator.stop());
  const variables = readFileSync(join(folder, 'merchant.env'), 'utf8').trim().split('\n');
  const { mchid, appid, service_id, serial_no, public_key_id } = simulator.merchant;
  assert.deepEqual(variables, [
    `WECHATPAY_MCHID=${mchid}`,
    `WECHATPAY_APPID=${appid}`,
    `WECHATPAY_SERVICE_ID=${service_id}`,
    `WECHATPAY_SERIAL_NO=${serial_no}`,
    `WECHATPAY_PUBLIC_KEY_ID=${public_key_id}`,
    'WECHATPAY_BASE_URL=http://simulator:9080',
    'WECHATPAY_SIMULATOR=true',
    'WECHATPAY_NOTIFY_URL=http://api:3000/wechatpay/notifications',
  ]);
});

test('makes a half-written folder anew', async (t) => {
  const folder = newFolder(t);
  const first = await startSimulator({ folder });
  await first.stop();
  unlinkSync(join(folder, 'merchant.json')); // which is written last
  const second = await startSimulator({ folder });
  t.after(() => second.stop());
  assert.notEqual(second.merchant.serial_no, first.merchant.serial_no);
  const certificate = new X509Certificate(readFileSync(join(folder, 'apiclient_cert.pem')));
  assert.equal(certificate.serialNumber, second.merchant.serial_no);
});

test('two simulators without a folder share nothing', async (t) => {
  const one = await startSimulator();
  t.after(() => one.stop());
  const other = await startSimulator();
  t.after(() => other.stop());
  assert.notEqual(one.merchant.mchid, other.merchant.mchid);
  assert.notEqual(one.merchant.api_v3_key, other.merchant.api_v3_key);
});
