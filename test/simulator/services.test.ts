/** A merchant with several services and applications, and orders that are not the service's that asks. */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { newFolder } from './folder.ts';
import { OPENID, open, shareSimulator, type Got } from './merchant.ts';

const SERVICE = '20020000000000000000000000000002';
const APPID = 'wx00000000000000aa';

const { control, merchant } = await shareSimulator();
const second = { service_id: SERVICE, appid: merchant.identity.appid };
let count = 0;
const fresh = () => `V${++count}`;
const codeOf = ({ status, json }: Got) => [status, json.code];

await control.openService(SERVICE, { risk_cap: 300 });

afterEach(() => control.resetPolicies());

test('takes the orders of a further service, for users who authorised that one, up to its own risk cap', async () => {
  const body = merchant.createBody(fresh(), { ...second, risk_fund: risk(300) });
  assert.deepEqual(codeOf(await merchant.create(body)), [403, 'NO_AUTH']);
  await control.authorise(OPENID, SERVICE);
  const created = await merchant.create(body);
  assert.deepEqual([created.status, created.json.service_id], [200, SERVICE]);
  const above = merchant.createBody(fresh(), { ...second, risk_fund: risk(301) });
  assert.deepEqual(codeOf(await merchant.create(above)), [400, 'PARAM_ERROR']);
  assert.equal((await merchant.create(merchant.createBody(fresh()))).status, 200, 'the first one');
});

test('takes calls of a further application only where the service has it', async () => {
  const ask = (service_id: string) => {
    const query = new URLSearchParams({ service_id, appid: APPID, out_order_no: 'none' });
    return merchant.send('GET', `/v3/payscore/serviceorder?${query.toString()}`);
  };
  assert.equal((await ask(SERVICE)).json.message, 'mch_id和appid未绑定');
  await control.openService(SERVICE, { appids: [merchant.identity.appid, APPID] });
  assert.deepEqual(codeOf(await ask(SERVICE)), [404, 'ORDER_NOT_EXIST']);
  assert.deepEqual(codeOf(await ask(merchant.identity.service_id)), [403, 'NO_AUTH']);
});

test('keeps the authorization codes of different services apart', async () => {
  const code = fresh();
  assert.equal((await merchant.prepare(code, second)).status, 200);
  assert.deepEqual(codeOf(await merchant.agreement(code)), [404, 'RESOURCE_NOT_EXISTS']);
  assert.deepEqual(codeOf(await merchant.prepare(code)), [400, 'INVALID_REQUEST']);
  assert.deepEqual(codeOf(await merchant.terminateCode(code)), [404, 'RESOURCE_NOT_EXISTS']);
});

test('lets a user be terminated in one service whose order of another is unfinished', async () => {
  const openid = `ou-${fresh()}`;
  for (const id of [merchant.identity.service_id, SERVICE]) await control.authorise(openid, id);
  await control.placeElsewhere(fresh(), { service_id: SERVICE, openid });
  assert.equal((await merchant.terminate(openid)).status, 204);
  const unfinished = await merchant.terminate(openid, second);
  assert.deepEqual([unfinished.status, unfinished.json.message], [400, '存在未完成订单']);
});

test('authorises the service that a token was made for', async () => {
  const { json } = await merchant.prepare(fresh(), second);
  const { service_id } = await control.authoriseByToken(json.apply_permissions_token, 'ou-second');
  assert.equal(service_id, SERVICE);
});

for (const [way, status] of [
  ['ORDER_NOT_EXIST', 404],
  ['INVALID_REQUEST', 400],
  ['NO_AUTH', 403],
] as const) {
  test(`answers ${status} of a number of another service, application or merchant, where the policy is ${way}`, async () => {
    const [ofService, ofApplication, ofMerchant] = [fresh(), fresh(), fresh()];
    await control.placeElsewhere(ofService, { service_id: SERVICE });
    await control.placeElsewhere(ofApplication, { appid: APPID });
    await control.takeNumberElsewhere(ofMerchant);
    await control.setPolicies({ order_of_others: way });
    for (const no of [ofService, ofApplication, ofMerchant]) {
      assert.deepEqual(codeOf(await merchant.query(no)), [status, way]);
      const cancel = await merchant.change('cancel', no, merchant.changeBody());
      assert.deepEqual(codeOf(cancel), [status, way]);
    }
    assert.deepEqual(codeOf(await merchant.query('nobodys')), [404, 'ORDER_NOT_EXIST']);
  });
}

test('refuses a creation under the number of an order of another service', async () => {
  const no = fresh();
  await control.placeElsewhere(no, { service_id: SERVICE });
  const got = await merchant.create(merchant.createBody(no));
  assert.equal(got.json.message, '订单重入参数校验失败');
});

test('changes the risk cap of what comes from now on', async (t) => {
  const { control: other, ...shop } = await open(t, { riskCap: 5000 });
  await shop.serve('R1');
  const told = await other.setService({ risk_cap: 700 });
  assert.equal(told.risk_cap, 700);
  assert.deepEqual(codeOf(await shop.create(shop.createBody('R2'))), [400, 'PARAM_ERROR']);
  const completed = await shop.complete('R1', shop.completeBody());
  assert.equal(completed.json.message, '总金额超过此服务的服务风险金额');
});

test('finds services, foreign numbers and a maintenance again after a restart', async (t) => {
  const folder = newFolder(t);
  const before = await open(t, { folder, riskCap: 5000 });
  await before.control.setService({ risk_cap: 700, open_orders_limit: 3 });
  await before.control.openService(SERVICE, { appids: [APPID] });
  await before.control.takeNumberElsewhere('R3');
  await before.control.beginMaintenance({ seconds: 600, answered: 'html-503' });
  await before.simulator.stop();

  const { control: again, query } = await open(t, {
    folder,
    policies: { order_of_others: 'NO_AUTH' },
  });
  const { risk_cap, services } = await again.service();
  const limits = { risk_cap: 700, open_orders_limit: 3 };
  const { appid, service_id } = before.simulator.merchant;
  assert.equal(risk_cap, 700);
  assert.deepEqual(services, [
    { service_id, appids: [appid], ...limits },
    { service_id: SERVICE, appids: [APPID], ...limits },
  ]);
  assert.equal((await query('R3')).status, 503);
  await again.endMaintenance();
  assert.deepEqual(codeOf(await query('R3')), [403, 'NO_AUTH']);
});

function risk(amount: number) {
  return { name: 'ESTIMATE_ORDER_COST', amount };
}
