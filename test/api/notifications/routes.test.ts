/** What WeChat's callbacks get, and what everybody gets who only pretends to be WeChat. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { simulatorFolder, type Forgery } from '../../support/notification.ts';
import { newNumber } from '../../support/orders.ts';
import { paying, timesScheduled } from '../../support/play.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { linesOf } from '../../support/words.ts';

describe('POST /wechatpay/notifications', () => {
  let stack: Stack;
  let worker: Awaited<ReturnType<Stack['startWorker']>>;
  let wechat: Awaited<ReturnType<typeof simulatorFolder>>;
  before(async () => {
    wechat = await simulatorFolder();
    stack = await startStack({
      simulator: { folder: wechat.folder },
      pollDelaysMs: [1_000],
    });
    worker = await stack.startWorker();
  });
  after(async () => {
    await worker.stop();
    await stack.stop();
    await wechat.remove();
  });
  beforeEach(() => stack.logs.splice(0));

  async function post(body: string, headers: Record<string, string>) {
    const answer = await fetch(`${stack.url}/wechatpay/notifications`, {
      method: 'POST',
      headers,
      body,
    });
    return { status: answer.status, text: await answer.text() };
  }

  async function send(forgery: Forgery) {
    const { body, headers } = await wechat.notification(forgery);
    return await post(body, headers);
  }

  /** What WeChat says of an order that is paid. */
  function paid(order: { out_order_no: string; openid: string }, change: object = {}) {
    const { mchid, appid, service_id } = stack.merchant;
    return {
      mchid,
      appid,
      service_id,
      out_order_no: order.out_order_no,
      openid: order.openid,
      state: 'DONE',
      total_amount: 500,
      collection: {
        state: 'USER_PAID',
        total_amount: 500,
        paying_amount: 0,
        paid_amount: 500,
        details: [
          {
            seq: 1,
            amount: 500,
            paid_type: 'NEWTON',
            paid_time: '20261123120000',
            transaction_id: '4200000000000000000000000001',
          },
        ],
      },
      ...change,
    };
  }

  /** A figure for Prometheus; 0 as long as there is none. */
  async function counted(series: string): Promise<number> {
    const lines = (await stack.figures()).split('\n');
    const line = lines.find((text) => text.startsWith(`${series} `));
    return Number(line?.slice(series.length) ?? 0);
  }

  async function signalsOf(out_order_no: string): Promise<number> {
    const events = await stack.historyOf(out_order_no);
    return events.filter((event) => event.workflowExecutionSignaledEventAttributes).length;
  }

  it('answers every kind of forgery with one fixed 401 and signals nothing', async () => {
    const order = await paying(stack);
    const resource = paid(order);
    const foreignKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const good = await wechat.notification({ resource });
    const altered = good.body.replace('"PAYSCORE.USER_PAID"', '"PAYSCORE.USER_PAIX"');
    const { 'wechatpay-signature': _, ...unsigned } = good.headers;
    const answers = [
      await send({
        resource,
        signingKey: foreignKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      }),
      await send({ resource, age: 301 }),
      await send({ resource, age: -301 }),
      await send({ resource, serial: 'PUB_KEY_ID_0000000000000000000000000000' }),
      await send({ resource, serial: stack.merchant.serial_no }),
      await post(altered, good.headers),
      await post(good.body, unsigned),
      await post('not json', good.headers),
      await post('', {}),
    ];
    for (const [index, { status, text }] of answers.entries()) {
      assert.equal(status, 401, `forgery ${index}`);
      assert.equal(text, answers[0]?.text, `forgery ${index}`);
    }
    assert.equal(await signalsOf(order.out_order_no), 0);
    assert.equal((await stack.api.read(order.out_order_no)).body.phase, 'paying');
    assert.ok(
      stack.logs.every(({ level }) => Number(level) <= 40),
      'no forgery raises an alarm',
    );
  });

  it('counts callbacks by type and result, with how long they took and how old they were, and names what they are about in the log', async () => {
    const series = (result: string, type: string) =>
      counted(`wechatpay_callback_duration_seconds_count{type="${type}",result="${result}"}`);
    const counts = async () => [
      await series('nobody', 'paid'),
      await series('unverified', 'unread'),
      await counted('wechatpay_callback_age_seconds_count{type="paid"}'),
    ];
    const earlier = await counts();
    const out_order_no = newNumber();
    const { body, headers } = await wechat.notification({
      resource: paid({ out_order_no, openid: 'o1' }),
    });
    await post(body, { ...headers, 'request-id': '08F1-0' });
    await post(body.replace('USER_PAID', 'USER_PAIX'), headers);
    await post('', {});
    const more = (await counts()).map((count, index) => count - (earlier[index] ?? 0));
    assert.deepEqual(more, [1, 2, 1]);
    const line = stack.logs.find((logged) => logged['out_order_no'] === out_order_no);
    assert.equal(line?.['request_id'], '08F1-0');
    assert.equal(line['event_type'], 'PAYSCORE.USER_PAID');
    assert.ok(!JSON.stringify(stack.logs).includes('4200000000000000000000000001'));
  });

  it('counts what it does not believe, by the reason, for Prometheus', async () => {
    const probes = 'wechatpay_unverified_total{message="notification",reason="probe"}';
    const earlier = await counted(probes);
    const { body, headers } = await wechat.notification({ resource: {} });
    const signature = `WECHATPAY/SIGNTEST/${headers['wechatpay-signature']}`;
    await post(body, { ...headers, 'wechatpay-signature': signature });
    assert.equal(await counted(probes), earlier + 1);
  });

  it('does not unpack what is compressed', async () => {
    const { body, headers } = await wechat.notification({ resource: {} });
    const packed = { ...headers, 'content-encoding': 'gzip' };
    assert.equal((await post(body, packed)).status, 401);
  });

  it('answers 500 to a verified message under another APIv3 key, and the log says which key', async () => {
    const order = await paying(stack);
    const { status } = await send({ resource: paid(order), apiV3Key: 'k'.repeat(32) });
    assert.equal(status, 500);
    const alarm = stack.logs.find(({ level }) => level === 50);
    assert.match(String(alarm?.['msg']), /WECHATPAY_APIV3_KEY_FILE/);
    assert.equal(await signalsOf(order.out_order_no), 0);
  });

  it('counts verified messages that it cannot open', async () => {
    const earlier = await counted('wechatpay_undecryptable_total');
    await send({ resource: {}, apiV3Key: 'k'.repeat(32) });
    await send({ resource: {}, age: 301 });
    assert.equal(await counted('wechatpay_undecryptable_total'), earlier + 1);
  });

  it('counts payments that nobody here can take, and no others', async () => {
    const earlier = await counted('payscore_unclaimed_payments_total');
    await send({ resource: paid({ out_order_no: newNumber(), openid: 'oStranger' }) });
    await send({ resource: paid({ out_order_no: 'no/number', openid: 'oStranger' }) });
    await send({ resource: { a: 1 } });
    assert.equal(await counted('payscore_unclaimed_payments_total'), earlier + 3);
    assert.equal((await send({ resource: paid(await paying(stack)) })).status, 204);
    await send({ resource: { a: 1 }, event_type: 'REFUND.SUCCESS' });
    assert.equal(await counted('payscore_unclaimed_payments_total'), earlier + 3);
  });

  it('acknowledges verified messages that no order waits for', async () => {
    for (const event_type of ['PAYSCORE.USER_OPEN_SERVICE', 'REFUND.SUCCESS', 'NEW.THING']) {
      assert.equal((await send({ resource: { a: 1 }, event_type })).status, 204, event_type);
    }
  });

  it('never acknowledges the payment of an order that nobody knows, or of another merchant', async () => {
    const stranger = { out_order_no: newNumber(), openid: 'oStranger' };
    assert.equal((await send({ resource: paid(stranger) })).status, 500);
    const order = await paying(stack);
    assert.equal((await send({ resource: paid(order, { mchid: '1900000001' }) })).status, 500);
    assert.equal(await signalsOf(order.out_order_no), 0);
  });

  it('ends an order by a callback alone', async () => {
    await stack.people.holdNotifications();
    const order = await paying(stack);
    const said = paid(order);
    assert.equal((await send({ resource: said })).status, 204);
    const result = await stack.run(order.out_order_no).result();
    assert.equal(result.phase, 'paid');
    assert.equal(await timesScheduled(stack, order.out_order_no, 'getServiceOrder'), 0);
    await stack.people.releaseNotifications();
  });

  for (const [what, change] of [
    ['another amount', { total_amount: 400 }],
    [
      'an amount that its collection contradicts',
      {
        collection: {
          state: 'USER_PAID',
          paid_amount: 1,
          details: [{ amount: 1, paid_type: 'NEWTON' }],
        },
      },
    ],
    ['another user', { openid: 'oSomebodyElse' }],
    ['no openid', { openid: undefined }],
    ['no collection', { collection: undefined }],
    ['another service', { service_id: '1' }],
  ] as const) {
    it(`asks WeChat instead of believing a callback with ${what}`, async () => {
      await stack.people.holdNotifications();
      const order = await paying(stack);
      assert.equal((await send({ resource: paid(order, change) })).status, 204);
      await eventually(
        'a query',
        async () => (await timesScheduled(stack, order.out_order_no, 'getServiceOrder')) > 0,
      );
      assert.equal((await stack.api.read(order.out_order_no)).body.phase, 'paying');
      await stack.people.releaseNotifications();
    });
  }

  it('reads total_amount as text, as in the official sample', async () => {
    await stack.people.holdNotifications();
    const order = await paying(stack);
    assert.equal((await send({ resource: paid(order, { total_amount: '500' }) })).status, 204);
    assert.equal((await stack.run(order.out_order_no).result()).total_amount, 500);
    await stack.people.releaseNotifications();
  });

  it('pays an order once, however often and late the callback comes', async () => {
    const order = await paying(stack);
    await stack.people.pay(order.out_order_no);
    await stack.run(order.out_order_no).result();
    const ended = await stack.run(order.out_order_no).describe();
    const [first] = await stack.people.notifications(order.out_order_no);
    assert.ok(first);
    for (let n = 0; n < 2; n++) await stack.people.resend(first.id);
    const statuses = await eventually('three attempts', async () => {
      const [notification] = await stack.people.notifications(order.out_order_no);
      const attempts = notification?.attempts ?? [];
      return attempts.length === 3 && attempts.map(({ status }) => status);
    });
    assert.deepEqual(statuses, [204, 204, 204]);
    const { ledger } = await stack.people.order(order.out_order_no);
    assert.equal(
      ledger.reduce((sum, { charged }) => sum + charged, 0),
      500,
    );

    const other = paid(order); // the same order, another transaction
    assert.equal((await send({ resource: other })).status, 204);
    const looked = await eventually('the run that looks', async () => {
      const { status, runId } = await stack.run(order.out_order_no).describe();
      return (
        runId !== ended.runId &&
        status.name === 'COMPLETED' &&
        stack.run(order.out_order_no).result()
      );
    });
    assert.deepEqual([looked.phase, looked.total_amount], ['paid', 500]);
  });

  it('acknowledges the callback that comes after the poll has found the payment', async () => {
    await stack.people.holdNotifications();
    const order = await paying(stack);
    await stack.people.pay(order.out_order_no);
    const result = await stack.run(order.out_order_no).result();
    assert.equal(result.phase, 'paid');
    assert.ok(linesOf(result).includes('query: DONE / USER_PAID'));
    await stack.people.releaseNotifications();
    await eventually('the callback', async () => {
      const [notification] = await stack.people.notifications(order.out_order_no);
      return notification?.attempts.at(-1)?.status === 204;
    });
  });
});
