/** Every call of the client, as a merchant makes them, against the simulator. */
import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { after, before, test } from 'node:test';
import { createControl, type Control } from '../../simulator/control.ts';
import type { Simulator } from '../../simulator/create.ts';
import { startTestSimulator } from '../support/simulator.ts';
import type { WechatpayClient } from '../../wechatpay/client.ts';
import { createVerificationKeys } from '../../wechatpay/keys.ts';
import { clientOf } from '../support/merchant.ts';
import { newNumber, newOpenid } from '../support/orders.ts';

const HOUR_MS = 3_600_000;

let simulator: Simulator;
let control: Control;
let client: WechatpayClient;
let identity: { appid: string; service_id: string };

before(async () => {
  simulator = await startTestSimulator();
  control = createControl(simulator.url);
  client = clientOf(simulator.merchant);
  const { appid, service_id } = simulator.merchant;
  identity = { appid, service_id };
});
after(async () => {
  await client.close();
  await simulator.stop();
});

const passAnHour = () => simulator.clock.set({ now: new Date(simulator.clock.now() + HOUR_MS) });
function beijing(secondsAgo: number): string {
  const local = new Date(simulator.clock.now() + 8 * HOUR_MS - secondsAgo * 1000);
  return local.toISOString().replace(/\D/g, '').slice(0, 14);
}

async function inService() {
  const openid = newOpenid();
  await control.authorise(openid);
  const out_order_no = newNumber();
  const { json } = await client.createServiceOrder({
    ...identity,
    openid,
    out_order_no,
    service_introduction: '充电宝租借',
    time_range: { start_time: 'OnAccept' },
    risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9900 },
    notify_url: 'http://127.0.0.1:9/notify',
    need_user_confirm: false,
  });
  assert.deepEqual([json['state'], json['state_description']], ['DOING', 'USER_CONFIRM']);
  return { out_order_no, openid };
}

async function paying(total_amount = 800) {
  const order = await inService();
  passAnHour();
  const { json } = await client.completeServiceOrder(order.out_order_no, {
    ...identity,
    ...fees(total_amount),
    time_range: { end_time: beijing(60) },
  });
  assert.equal(json['state_description'], 'MCH_COMPLETE');
  return order;
}

async function paidToday() {
  const { out_order_no } = await paying();
  await control.pay(out_order_no);
  const day = new Date(simulator.clock.now() + 8 * HOUR_MS).toISOString().slice(0, 10);
  return { out_order_no, day };
}

const passToNextDay = () =>
  simulator.clock.set({ now: new Date(simulator.clock.now() + 34 * HOUR_MS) });

const fees = (total_amount: number) => ({
  post_payments: [{ name: '租金', amount: total_amount }],
  total_amount,
});
const standing = async (out_order_no: string) => {
  const { json } = await client.getServiceOrder({ ...identity, out_order_no });
  return [json['state'], json['total_amount'], (json['collection'] as any)?.state];
};

test('leads a user to authorise, asks by code and by openid, and terminates both ways', async () => {
  const { service_id, appid } = identity;
  const authorization_code = newNumber();
  const [openid, other] = [newOpenid(), newOpenid()];
  const prepared = await client.preparePermission({ ...identity, authorization_code });
  const apply_permissions_token = String(prepared.json['apply_permissions_token']);
  const byCode = () => client.getPermissionByAuthorizationCode({ authorization_code, service_id });
  const byOpenid = (user: string) =>
    client.getPermissionByOpenid({ openid: user, service_id, appid });
  assert.equal((await byCode()).json['authorization_state'], 'UNBINDUSER');
  await control.authoriseByToken(apply_permissions_token, openid);
  assert.equal((await byCode()).json['authorization_state'], 'AVAILABLE');
  assert.equal((await byOpenid(openid)).json['authorization_code'], authorization_code);

  const reason = '用户要求';
  const done = await client.terminatePermissionByAuthorizationCode(authorization_code, {
    service_id,
    reason,
  });
  assert.deepEqual(done.json, {});
  assert.equal((await byOpenid(openid)).json['authorization_state'], 'UNAVAILABLE');
  await control.authorise(other);
  await client.terminatePermissionByOpenid(other, { ...identity, reason });
  assert.equal((await byOpenid(other)).json['authorization_state'], 'UNAVAILABLE');
});

test('cancels an order', async () => {
  const { out_order_no } = await inService();
  await client.cancelServiceOrder(out_order_no, { ...identity, reason: '用户取消' });
  assert.deepEqual(await standing(out_order_no), ['REVOKED', 0, undefined]);
});

test('lowers an amount, asks for the charge, and finds it paid', async () => {
  const { out_order_no } = await paying();
  await client.modifyServiceOrder(out_order_no, { ...identity, ...fees(500), reason: '优惠' });
  assert.deepEqual(await standing(out_order_no), ['DOING', 500, 'USER_PAYING']);
  await client.payServiceOrder(out_order_no, identity);
  assert.deepEqual(await standing(out_order_no), ['DONE', 500, 'USER_PAID']);
});

test('tells WeChat Pay that an order was paid elsewhere', async () => {
  const { out_order_no } = await paying();
  simulator.clock.set({ now: new Date(simulator.clock.now() + 60_000) });
  const { json } = await client.syncServiceOrder(out_order_no, {
    ...identity,
    type: 'Order_Paid',
    detail: { paid_time: beijing(0) },
  });
  assert.equal(json['state'], 'DONE');
  assert.deepEqual(await standing(out_order_no), ['DONE', 800, 'USER_PAID']);
});

test('is told that a query_id is unknown', async () => {
  const asking = client.getServiceOrderByQueryId({ ...identity, query_id: 'Q1' });
  await assert.rejects(asking, { status: 404, errorCode: 'ORDER_NOT_EXIST', proven: true });
});

test('downloads the bill of the day, and it is what was paid', async () => {
  const { out_order_no, day } = await paidToday();
  const { json } = await client.getServiceOrder({ ...identity, out_order_no });
  const [detail] = (json['collection'] as any).details;
  await assert.rejects(client.applyForTradeBill({ bill_date: day }), {
    errorCode: 'INVALID_REQUEST',
  });
  passToNextDay();

  const chunks: Buffer[] = [];
  const link = await client.applyForTradeBill({ bill_date: day });
  const to = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  await client.downloadBill(link, to);
  const bill = Buffer.concat(chunks).toString();
  assert.ok(bill.startsWith('\uFEFF交易时间,'));
  assert.ok(bill.includes(`\`${detail.transaction_id},`));
  assert.ok(bill.includes(`\`wxzff|${String(json['order_id'])}|${out_order_no},`));

  chunks.length = 0;
  const flow = new Writable({ write: (chunk: Buffer, _, done) => done(void chunks.push(chunk)) });
  await client.downloadBill(await client.applyForFundFlowBill({ bill_date: day }), flow);
  const moved = Buffer.concat(chunks).toString();
  assert.ok(moved.startsWith('\uFEFF记账时间,'));
  assert.ok(moved.includes(`\`${detail.transaction_id},`));
});

test('tells a bill’s link that has expired, a wrong hash and a cut file apart', async () => {
  const { day } = await paidToday();
  passToNextDay();
  const download = async () => {
    const link = await client.applyForTradeBill({ bill_date: day });
    const to = new Writable({ write: (_chunk, _encoding, done) => done() });
    return client.downloadBill(link, to);
  };
  for (const [file_fault, failure] of [
    ['wrong-hash', { name: 'VerificationError', reason: 'hash' }],
    ['cut', { name: 'TransportError' }],
    ['not-gzip', { name: 'TransportError' }],
    ['foreign-token', { name: 'WechatpayRefusal', status: 403, proven: false }],
  ] as const) {
    await control.setBills({ file_fault });
    await assert.rejects(download(), failure, file_fault);
  }
  await control.setBills({ file_fault: 'none' });
  const link = await client.applyForTradeBill({ bill_date: day });
  const late = { ...link, download_url: `${link.download_url}x` };
  const to = new Writable({ write: (_chunk, _encoding, done) => done() });
  await assert.rejects(client.downloadBill(late, to), { name: 'BillLinkExpiredError' });
});

test('follows a rotation of certificates without being told', async () => {
  const { serial_no, api_v3_key } = simulator.merchant;
  const failures: unknown[] = [];
  const byCertificate = clientOf(simulator.merchant, {
    keys: createVerificationKeys({ ownSerial: serial_no }),
    certificates: {
      apiV3Keys: { current: Buffer.from(api_v3_key) },
      onFailure: (error) => void failures.push(error),
      minIntervalMs: 0,
    },
  });
  const { out_order_no } = await inService();
  const ask = () => byCertificate.getServiceOrder({ ...identity, out_order_no });
  assert.equal((await ask()).json['state'], 'DOING');
  const [earlier] = byCertificate.platformCertificates();
  await control.rotateCertificate();
  await byCertificate.refreshCertificates(); // as it does every 10 hours, and a day lies between the two
  await control.switchCertificate({ overlap_seconds: 0 });
  assert.equal((await ask()).json['state'], 'DOING');
  const [latest] = byCertificate.platformCertificates();
  assert.ok(latest && earlier && latest.pem !== earlier.pem);
  assert.deepEqual(failures, []);
  await byCertificate.close();
});
