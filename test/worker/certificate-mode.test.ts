/** The programs where WeChat Pay signs with certificates only, and nothing but the APIv3 key is configured. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createApiClient } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { simulatorFolder } from '../support/notification.ts';
import { rental, rentalEnd } from '../support/orders.ts';
import { steadyPort } from '../support/port.ts';
import { startBuilt, wechatpayVariables, type Program } from '../support/program.ts';
import { startStack, type Stack } from '../support/stack.ts';

describe('the programs in certificate mode', () => {
  let wechat: Awaited<ReturnType<typeof simulatorFolder>>;
  let stack: Stack;
  let worker: Program;
  let api: Program;
  let business: ReturnType<typeof createApiClient>;
  before(async () => {
    wechat = await simulatorFolder();
    stack = await startStack({
      simulator: { folder: wechat.folder, keyMode: 'certificate', notifyWith: 'certificate' },
    });
    const url = `http://127.0.0.1:${await steadyPort()}`;
    const given = wechatpayVariables(stack.merchant, wechat.folder);
    const { WECHATPAY_PUBLIC_KEY_ID: _id, WECHATPAY_PUBLIC_KEY_FILE: _file, ...keyless } = given;
    const variables = {
      ...keyless,
      WECHATPAY_CERTIFICATES: 'download',
      WECHATPAY_NOTIFY_URL: `${url}/wechatpay/notifications`,
      TEMPORAL_ADDRESS: stack.temporalServer.address,
      POLL_DELAYS: '1h',
    };
    worker = await startBuilt('worker/main.js', {
      ...variables,
      WORKER_PORT: String(await steadyPort()),
    });
    await worker.saw(/"state":"RUNNING"/);
    api = await startBuilt('api/main.js', { ...variables, API_PORT: new URL(url).port });
    await api.saw(/api listens/);
    business = createApiClient(url);
  });
  after(async () => {
    await api.end();
    await worker.end();
    await stack.stop();
    await wechat.remove();
  });

  it('carry an order to its payment, told by a callback', async () => {
    await worker.saw(/WeChat Pay answers/);
    await api.saw(/platform certificates taken in/);
    const order = rental({ risk_fund: { amount: 2_000 } });
    await stack.people.authorise(order.openid);
    assert.equal((await business.open(order)).status, 201);
    await delay(2_100);
    await business.complete(order.out_order_no, rentalEnd(500));
    await stack.people.pay(order.out_order_no);
    await eventually('the payment', async () => {
      return (await business.read(order.out_order_no)).body.phase === 'paid';
    });
    const [notification] = await stack.people.notifications(order.out_order_no);
    assert.deepEqual(
      notification?.attempts.map(({ status }) => status),
      [204],
    );
  });
});
