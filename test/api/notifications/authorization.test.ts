/** USER_OPEN_SERVICE and USER_CLOSE_SERVICE: always acknowledged, and told to the order that they name, while it goes on. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { after, before, beforeEach, describe, it, test } from 'node:test';
import { Client, Connection } from '@temporalio/client';
import { tellAuthorization } from '../../../api/notifications/authorization.ts';
import { taskQueueOf } from '../../../workflows/contract.ts';
import { TEST_CONVERTER } from '../../support/codec.ts';
import { eventually } from '../../support/eventually.ts';
import { simulatorFolder } from '../../support/notification.ts';
import { newNumber, newOpenid, rental } from '../../support/orders.ts';
import { inService } from '../../support/play.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { assertWithin } from '../../support/within.ts';
import { EN } from '../../../words/en.ts';

const OPENED = 'PAYSCORE.USER_OPEN_SERVICE';
const CLOSED = 'PAYSCORE.USER_CLOSE_SERVICE';

describe('an authorization event', () => {
  let stack: Stack;
  let worker: Awaited<ReturnType<Stack['startWorker']>>;
  let wechat: Awaited<ReturnType<typeof simulatorFolder>>;
  before(async () => {
    wechat = await simulatorFolder();
    stack = await startStack({ temporal: {}, simulator: { folder: wechat.folder } });
    worker = await stack.startWorker();
  });
  after(async () => {
    await worker.stop();
    await stack.stop();
    await wechat.remove();
  });
  beforeEach(() => stack.logs.splice(0));

  async function send(resource: unknown, event_type: string, age = 0): Promise<number> {
    const { body, headers } = await wechat.notification({ resource, event_type, age });
    const url = `${stack.url}/wechatpay/notifications`;
    return (await fetch(url, { method: 'POST', headers, body })).status;
  }

  function about(authorization_code: unknown, change: object = {}) {
    const { mchid, appid, service_id } = stack.merchant;
    return {
      ...{ mchid, appid, service_id, authorization_code, openid: newOpenid() },
      user_service_status: 'USER_OPEN_SERVICE',
      openorclose_time: '20261001120000',
      ...change,
    };
  }

  /** What the run was told: the signals' names and how many arguments they had. */
  async function toldTo(out_order_no: string) {
    return (await stack.historyOf(out_order_no)).flatMap(
      ({ workflowExecutionSignaledEventAttributes: signal }) =>
        signal ? [[signal.signalName, String(signal.input?.payloads?.[0]?.data ?? '')]] : [],
    );
  }

  it('is told to the order whose number is the code, with nothing of its content but its service, when and its id', async () => {
    const { out_order_no } = await inService(stack);
    for (const event_type of [OPENED, CLOSED]) {
      assert.equal(await send(about(out_order_no), event_type), 204);
    }
    // What comes while a task is running stands in the history after it.
    const told = await eventually('both', async () => {
      const signals = await toldTo(out_order_no);
      return signals.length === 2 && signals;
    });
    for (const [name, argument = ''] of told) {
      assert.equal(name, 'authorizationChanged');
      assert.match(
        String(argument),
        /^\{"service_id":"\d+","changedAt":"2026-10-01T04:00:00\.000Z","id":"[0-9a-f-]{36}"\}$/,
      );
    }
  });

  it('comes from WeChat Pay when a user agrees under the number of an order, and when he ends that', async () => {
    const { out_order_no } = await inService(stack);
    const { body } = await stack.api.call('POST', '/v1/authorizations/prepare', {
      authorization_code: out_order_no,
    });
    const openid = newOpenid();
    await stack.people.authoriseByToken(body.apply_permissions_token, openid);
    await eventually('the first', async () => (await toldTo(out_order_no)).length === 1);
    await stack.people.revoke(openid);
    await eventually('the second', async () => (await toldTo(out_order_no)).length === 2);
  });

  it('is acknowledged when it names no order that goes on', async () => {
    const order = rental();
    const { out_order_no } = order;
    await stack.api.open(order);
    const cancelling = stack.api.call('POST', `/v1/service-orders/${out_order_no}/cancel`, {
      reason: '用户取消',
    });
    assert.equal((await cancelling).status, 200);
    assert.equal(await send(about(out_order_no), CLOSED), 204);
    assert.equal(await send(about(newNumber()), OPENED), 204);
    assert.deepEqual(await toldTo(out_order_no), []);
  });

  it('is acknowledged, and told to nobody, when it is another merchant’s', async () => {
    const { out_order_no } = await inService(stack);
    for (const mchid of ['1900000009', undefined, 7]) {
      assert.equal(await send(about(out_order_no, { mchid }), OPENED), 204);
    }
    assert.deepEqual(await toldTo(out_order_no), []);
  });

  it('is acknowledged when its resource is odd', async () => {
    for (const code of [undefined, null, 7, '', 'a|b', '../x', 'a'.repeat(33)]) {
      assert.equal(await send(about(code), CLOSED), 204, JSON.stringify(code));
    }
    assert.equal(await send({}, OPENED), 204);
  });

  it('is not believed, nor told to anybody, when WeChat Pay is not proven to have sent it', async () => {
    const { out_order_no } = await inService(stack);
    assert.equal(await send(about(out_order_no), OPENED, 301), 401);
    assert.deepEqual(await toldTo(out_order_no), []);
  });

  it('leaves no openid in the log, but what became of it', async () => {
    const { out_order_no } = await inService(stack);
    stack.logs.splice(0);
    const openid = newOpenid();
    await send(about(out_order_no, { openid }), OPENED);
    await send(about(openid, { openid }), CLOSED);
    assert.deepEqual(
      stack.logs.map(({ event_type, told }) => [event_type, told]),
      [
        [OPENED, 'taken'],
        [CLOSED, 'nobody'],
      ],
    );
    assert.ok(!JSON.stringify(stack.logs).includes(openid));
  });

  it('is acknowledged within 5 s when Temporal is away', async () => {
    const { out_order_no } = await inService(stack);
    await worker.stop();
    await stack.temporalServer.stop();
    const start = performance.now();
    assert.equal(await send(about(out_order_no), OPENED), 204);
    assertWithin(5_000, start);
    assert.equal(stack.logs.at(-1)?.['told'], 'unavailable');
    worker = { stop: async () => undefined };
  });
});

test('an authorization event is given up in time when Temporal takes the connection and says nothing', async (t) => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const connection = Connection.lazy({ address, interceptors: [] });
  t.after(async () => {
    await connection.close();
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
  const mchid = '1900000001';
  const temporal = {
    client: new Client({ connection, dataConverter: TEST_CONVERTER }),
    taskQueue: taskQueueOf(mchid),
    mchid,
    words: EN,
  };
  const event = { mchid, authorization_code: newNumber() };
  const start = performance.now();
  assert.deepEqual(
    await tellAuthorization(temporal, { id: 'N1', resource: event }, 'c2ln', Date.now() + 1_000),
    { told: 'unavailable' },
  );
  assertWithin(2_000, start);
});
