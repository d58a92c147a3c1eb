/** The client against the simulator, which checks and signs for itself. */
import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { after, before, test } from 'node:test';
import { createControl, type Fault } from '../../simulator/control.ts';
import type { Simulator } from '../../simulator/create.ts';
import { startTestSimulator } from '../support/simulator.ts';
import { createClient, type WechatpayClient } from '../../wechatpay/client.ts';
import { TransportError, VerificationError, WechatpayRefusal } from '../../wechatpay/errors.ts';
import { createVerificationKeys } from '../../wechatpay/keys.ts';
import { newNumber, newOpenid } from '../support/orders.ts';
import { clientOf, keysOf } from '../support/merchant.ts';
import { otherKey } from './vectors.ts';

let simulator: Simulator;
let client: WechatpayClient;
const openid = newOpenid();

before(async () => {
  simulator = await startTestSimulator();
  client = clientOf(simulator.merchant);
  await createControl(simulator.url).authorise(openid);
});
after(async () => {
  await client.close();
  await simulator.stop();
});

const identity = () => {
  const { appid, service_id } = simulator.merchant;
  return { appid, service_id };
};
const createBody = (out_order_no = newNumber()) => ({
  ...identity(),
  out_order_no,
  openid,
  service_introduction: '充电宝租借',
  time_range: { start_time: 'OnAccept' },
  risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9900 },
  notify_url: 'http://127.0.0.1:9/notify',
  need_user_confirm: false,
});
const completeBody = (end_time: string) => ({
  ...identity(),
  post_payments: [{ name: '租金', amount: 800 }],
  total_amount: 800,
  time_range: { end_time },
});
const inAnHour = () => new Date(simulator.clock.now() + 3_600_000);
const endNow = () => {
  const beijing = new Date(simulator.clock.now() + 8 * 3_600_000 - 1_000).toISOString();
  return beijing.replace(/\D/g, '').slice(0, 14);
};
const aClient = (change: object) => {
  const { base_url, mchid, serial_no, private_key } = simulator.merchant;
  const merchant = { mchid, serial: serial_no, privateKey: createPrivateKey(private_key) };
  const keys = keysOf(simulator.merchant);
  return createClient({ baseUrl: base_url, merchant, keys, now: () => new Date(), ...change });
};

test('carries an order from permission to payment', async () => {
  const permission = await client.getPermissionByOpenid({ ...identity(), openid });
  assert.equal(permission.json['authorization_state'], 'AVAILABLE');
  const body = createBody();
  assert.equal((await client.createServiceOrder(body)).json['state'], 'DOING');
  simulator.clock.set({ now: inAnHour() });
  const completed = await client.completeServiceOrder(body.out_order_no, completeBody(endNow()));
  assert.equal(completed.json['state_description'], 'MCH_COMPLETE');
  await createControl(simulator.url).pay(body.out_order_no);
  const { json } = await client.getServiceOrder({ ...identity(), out_order_no: body.out_order_no });
  assert.deepEqual([json['state'], json['total_amount']], ['DONE', 800]);
});

test('believes answers under a platform certificate', async () => {
  const { platform_certificate, serial_no } = simulator.merchant;
  const certificates = [platform_certificate];
  const keys = createVerificationKeys({ certificates, ownSerial: serial_no });
  const byCertificate = aClient({ keys });
  const { json } = await byCertificate.createServiceOrder(createBody());
  await byCertificate.close();
  assert.equal(json['state'], 'DOING');
});

test('takes the refusal of an unknown number for proven', async () => {
  const query = client.getServiceOrder({ ...identity(), out_order_no: newNumber() });
  await assert.rejects(query, { status: 404, errorCode: 'ORDER_NOT_EXIST', proven: true });
});

test('takes the refusal of another merchant’s signature for proven', async () => {
  const { mchid, serial_no } = simulator.merchant;
  const forger = aClient({ merchant: { mchid, serial: serial_no, privateKey: otherKey } });
  const call = forger.createServiceOrder(createBody());
  await assert.rejects(call, { status: 401, errorCode: 'SIGN_ERROR', proven: true });
  await forger.close();
});

test('a merchant whose clock is wrong proves nothing', async () => {
  const late = aClient({ now: () => new Date(Date.now() - 400_000) });
  await assert.rejects(late.createServiceOrder(createBody()), { status: 401, proven: false });
  await late.close();
});

const outcomes: [Fault, new (...args: never[]) => Error, boolean][] = [
  ['executed-then-500', WechatpayRefusal, true],
  ['executed-then-cut', TransportError, true],
  ['cut', TransportError, false],
  ['unsigned-502', TransportError, false],
  ['bad-signature', VerificationError, true],
];
for (const [fault, failure, executed] of outcomes) {
  test(`fails once with ${failure.name} after ${fault}, and sends nothing twice`, async () => {
    const control = createControl(simulator.url);
    await control.planFault({ call: 'create', fault });
    const body = createBody();
    await assert.rejects(client.createServiceOrder(body), failure);
    assert.deepEqual((await control.faults()).faults, []);
    const known = await control.order(body.out_order_no).then(
      ({ ledger }) => ledger.length === 1,
      () => false,
    );
    assert.equal(known, executed);
    assert.equal((await client.createServiceOrder(body)).json['state'], 'DOING');
  });
}
