/** Whether the order under a number is ours: WeChat’s yes to our creation says so whatever it repeats of it, its refusal of the re-entry says no. */
import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { OpenServiceOrder } from '../../../schemas/open-service-order.ts';
import { answerMessage } from '../../../wechatpay/message.ts';
import { sign } from '../../../wechatpay/signature.ts';
import { eventually } from '../../support/eventually.ts';
import { clientOf } from '../../support/merchant.ts';
import { newOpenid, rental, rentalEnd } from '../../support/orders.ts';
import { executedOn, known, shown, strike, timesScheduled } from '../../support/play.ts';
import type { Stack } from '../../support/stack.ts';
import { useSigningStack, useStack } from '../../support/stage.ts';
import { useLongStack } from '../../support/time-skipping.ts';
import { inWords } from '../../support/words.ts';

/** What people type, and what WeChat may tidy. */
const UNTIDY = {
  service_introduction: ' 充电宝  租借 ',
  post_payments: [{ name: ' 每  小时', description: '3元 ' }],
  location: { start_location: '门口 ' },
};

/** Created by another system of the merchant’s, with this difference to our own creation. */
async function createdElsewhere(
  stack: Stack,
  order: ReturnType<typeof rental>,
  change: Record<string, unknown>,
): Promise<void> {
  const { appid, service_id } = stack.merchant;
  const notify_url = `${stack.url}/wechatpay/notifications`;
  const request = OpenServiceOrder.parse(order);
  const created = { ...request, appid, service_id, notify_url, ...change };
  await stack.people.authorise(order.openid);
  await stack.people.authorise(created.openid);
  const wechatpay = clientOf(stack.merchant);
  await wechatpay.createServiceOrder(created);
  await wechatpay.close();
}

describe('an order whose texts WeChat repeats tidied', () => {
  const stage = useStack();
  before(() => stage.stack.people.setPolicies({ echo_text: 'tidied' }));
  afterEach(async () => {
    await stage.stack.people.setPolicies({ create_state: 'DOING' });
    await stage.stack.people.clearFaults();
  });

  async function untidy(change: Record<string, unknown> = {}) {
    const order = rental({ ...UNTIDY, ...change });
    await stage.stack.people.authorise(order.openid);
    return order;
  }

  it('is ours: WeChat said yes to it', async () => {
    const { stack } = stage;
    const order = await untidy();
    const { status, body } = await stack.api.open(order);
    assert.deepEqual([status, body.phase], [201, 'in_service']);
    assert.equal(body.service_introduction, '充电宝 租借', 'as WeChat has it');
    assert.equal((await stack.api.open(order)).status, 200);
    await stack.api.complete(order.out_order_no, rentalEnd(0));
    await shown(stack, order.out_order_no, { phase: 'free' });
  });

  it('is ours where WeChat’s yes was lost, and only its account tells', async () => {
    const { stack } = stage;
    const order = await untidy({ deadlines: { creation_seconds: 600 } });
    await strike(stack, order.out_order_no, 'create', 'executed-then-cut');
    await stack.api.open(order);
    await shown(stack, order.out_order_no, { phase: 'in_service' });
    assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0']);
  });

  it('is cancelled where it is found too late', async () => {
    const { stack } = stage;
    const order = await untidy({ deadlines: { creation_seconds: 10 } });
    await strike(stack, order.out_order_no, 'create', 'executed-then-cut');
    await strike(stack, order.out_order_no, 'query', 'unsigned-502', { times: 5 });
    await stack.api.open(order);
    const { phase, explanation } = await stack.run(order.out_order_no).result();
    assert.equal(phase, 'rejected');
    assert.match(inWords(explanation), /cancelled at WeChat Pay/);
    assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0', 'cancelled 0']);
  });

  it('is cancelled where WeChat created it in the confirm mode', async () => {
    const { stack } = stage;
    await stack.people.setPolicies({ create_state: 'CREATED' });
    const order = await untidy();
    await stack.api.open(order);
    const { phase, explanation } = await stack.run(order.out_order_no).result();
    assert.equal(phase, 'rejected');
    assert.match(inWords(explanation), /confirm mode/);
    assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0', 'cancelled 0']);
  });
});

describe('an order of which WeChat repeats other texts than were sent', () => {
  const signing = useSigningStack();
  const { stage } = signing;
  let censor: Server;
  before(async () => {
    censor = await startCensor(stage.stack.merchant, signing.wechat.folder);
    const { port } = censor.address() as AddressInfo;
    await stage.startWorker({ wechatpay: { baseUrl: `http://127.0.0.1:${port}` } });
  });
  after(async () => {
    censor.close();
    censor.closeAllConnections();
  });

  it('is ours: WeChat said yes to it', async () => {
    const { stack } = stage;
    const order = rental();
    await stack.people.authorise(order.openid);
    const { status, body } = await stack.api.open(order);
    assert.deepEqual([status, body.phase], [201, 'in_service']);
    assert.equal(body.service_introduction, '***');
    await stack.api.complete(order.out_order_no, rentalEnd(0));
    await shown(stack, order.out_order_no, { phase: 'free' });
    assert.deepEqual((await executedOn(stack, order.out_order_no)).at(0), 'created 0');
  });

  it('is cancelled where that yes comes too late: the same is sent again to learn whose it is', async () => {
    const { stack } = stage;
    const order = rental({ deadlines: { creation_seconds: 10 } });
    const { out_order_no } = order;
    await stack.people.authorise(order.openid);
    await strike(stack, out_order_no, 'create', 'executed-then-cut', { times: 4 });
    await stack.api.open(order);
    const { phase, explanation } = await stack.run(out_order_no).result();
    assert.equal(phase, 'rejected');
    assert.match(inWords(explanation), /cancelled at WeChat Pay/);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'cancelled 0']);
  });
});

describe('a number that another order has at WeChat', { concurrency: 6 }, () => {
  const stage = useStack();

  for (const [what, change] of [
    ['device', { device: { start_device_id: 'D1' } }],
    ['notify_url', { notify_url: 'https://example.com/elsewhere' }],
    ['descriptions of the fees', { post_payments: [{ name: '每小时', description: '3元' }] }],
  ] as const) {
    it(`is taken, with other ${what}, and the answer names adopt`, async () => {
      const { stack } = stage;
      const order = rental({ post_payments: [{ name: '每小时', description: '2元' }] });
      await createdElsewhere(stack, order, change);
      for (const attempt of ['first', 'repeated']) {
        const { status, body } = await stack.api.open(order);
        assert.equal(status, 409, attempt);
        assert.equal(body.type, 'urn:payscore-orders:number-taken');
        assert.match(body.detail, /differs in nothing that WeChat Pay shows.*POST …\/adopt/);
        assert.equal(body.message, '订单重入参数校验失败');
      }
      assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0'], 'untouched');
    });
  }

  for (const [field, change] of [
    ['service_introduction', { service_introduction: '雨伞租借' }],
    ['risk_fund.amount', { risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 500 } }],
    ['openid', { openid: newOpenid() }],
    ['attach', { attach: 'of-another-system' }],
    ['post_payments', { post_payments: [{ name: '每小时', description: '3元' }] }],
  ] as const) {
    it(`is taken, and the answer names ${field}, in which it differs`, async () => {
      const { stack } = stage;
      const order = rental();
      await createdElsewhere(stack, order, change);
      const { status, body } = await known(() => stack.api.open(order));
      assert.equal(status, 409);
      assert.equal(body.type, 'urn:payscore-orders:number-taken');
      assert.ok(body.detail.includes(`differs in ${field}`), body.detail);
      assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0'], 'untouched');
    });
  }

  it('is taken, though WeChat does not say at once how that order stands', async () => {
    const { stack } = stage;
    const order = rental();
    await createdElsewhere(stack, order, { device: { start_device_id: 'D1' } });
    await strike(stack, order.out_order_no, 'query', 'unsigned-502', { times: 2 });
    const { status, body } = await known(() => stack.api.open(order));
    assert.equal(status, 409);
    assert.equal(body.type, 'urn:payscore-orders:number-taken');
  });

  it('is taken up by adopt after that, and then completed', async () => {
    const { stack } = stage;
    const order = rental();
    const { out_order_no } = order;
    await createdElsewhere(stack, order, { device: { start_device_id: 'D1' } });
    assert.equal((await stack.api.open(order)).status, 409);
    const adopted = await stack.api.adopt(out_order_no);
    assert.deepEqual([adopted.status, adopted.body.phase], [200, 'in_service']);
    await stack.api.complete(out_order_no, rentalEnd(500), { prefer: 'respond-async' });
    await shown(stack, out_order_no, { phase: 'paying' });
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0', 'completed 500']);
  });
});

describe('a number that another order has, where an attempt of ours may still arrive', () => {
  const stage = useLongStack();

  it('is taken when nothing can arrive any more, 330 s later', async () => {
    const { stack } = stage;
    const order = rental();
    const { out_order_no } = order;
    await createdElsewhere(stack, order, { service_introduction: '雨伞租借' });
    await strike(stack, out_order_no, 'create', 'cut');
    assert.equal((await stack.api.open(order)).status, 202);
    await eventually('two attempts', async () => {
      return (await timesScheduled(stack, out_order_no, 'createServiceOrder')) === 2;
    });
    await stage.pass(300);
    await shown(stack, out_order_no, { phase: 'creating' });
    await stage.pass(60);
    await shown(stack, out_order_no, { phase: 'rejected', is_number_taken: true });
    const { status, body } = await stack.api.open(order);
    assert.deepEqual([status, body.type], [409, 'urn:payscore-orders:number-taken']);
    assert.match(body.detail, /differs in service_introduction/);
    assert.deepEqual(await executedOn(stack, out_order_no), ['created 0'], 'untouched');
  });
});

type Keys = { readonly base_url: string; readonly public_key_id: string };

/** Between the worker and WeChat: what it lets through says something else, under WeChat’s own signature. */
async function startCensor({ base_url, public_key_id }: Keys, folder: string): Promise<Server> {
  const pem = await readFile(join(folder, 'wechat/public_key_key.pem'), 'utf8');
  const key = createPrivateKey(pem);
  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const kept = ['accept', 'authorization', 'content-type', 'user-agent', 'wechatpay-serial'];
    const headers = kept.map((name) => [name, request.headers[name]]);
    const answer = await fetch(base_url + (request.url ?? ''), {
      method: request.method ?? 'GET',
      headers: Object.fromEntries(headers.filter(([, value]) => value !== undefined)),
      body: chunks.length > 0 ? Buffer.concat(chunks) : null,
    });
    const text = await answer.text();
    const body = text.replace(/"service_introduction":"[^"]*"/, '"service_introduction":"***"');
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const message = answerMessage({ timestamp, nonce: 'censored', body: Buffer.from(body) });
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      'request-id': answer.headers.get('request-id') ?? '',
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': 'censored',
      'wechatpay-signature': sign(message, key),
      'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
      'wechatpay-serial': public_key_id,
    });
    response.end(body);
  }
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
