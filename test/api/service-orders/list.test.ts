/** The list of orders, on real visibility. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createCursors } from '../../../api/service-orders/list-cursor.ts';
import type { ListedOrder } from '../../../answers/service-order-list.ts';
import { PHASES } from '../../../payscore/rules/phase.ts';
import { TROUBLES } from '../../../payscore/rules/trouble.ts';
import { eventually } from '../../support/eventually.ts';
import { rental, rentalEnd } from '../../support/orders.ts';
import { inService, paying } from '../../support/play.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { startWorker } from '../../support/worker.ts';

type Worker = Awaited<ReturnType<typeof startWorker>>;
const BEIJING = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/;

describe('GET /v1/service-orders', () => {
  let stack: Stack;
  let worker: Worker;
  before(async () => {
    stack = await startStack();
    worker = await stack.startWorker();
  });
  after(async () => {
    await worker.stop();
    await stack.stop();
  });

  const list = (query = '') => stack.api.call('GET', `/v1/service-orders${query}`);

  /** What is listed, as soon as visibility knows this order as it is now. */
  async function listedOnce(out_order_no: string, query: string): Promise<ListedOrder[]> {
    return await eventually(`${out_order_no} in ${query}`, async () => {
      const { body } = await list(query);
      const { orders } = body as { orders: ListedOrder[] };
      return orders.some((one) => one.out_order_no === out_order_no) && orders;
    });
  }

  it('shows of a running order its service, its phase and since when it is open, and no more', async () => {
    const { out_order_no } = await inService(stack);
    const orders = await listedOnce(out_order_no, '?phase=in_service');
    const order = orders.find((one) => one.out_order_no === out_order_no);
    assert.match(order?.opened_at ?? '', BEIJING);
    const { service_id } = stack.merchant;
    const { opened_at } = order ?? {};
    assert.deepEqual(order, { out_order_no, service_id, phase: 'in_service', opened_at });
  });

  it('shows of a paid order how much was paid, when, and by which transaction', async () => {
    const { out_order_no } = await paying(stack, 700);
    await stack.people.pay(out_order_no);
    const orders = await listedOnce(out_order_no, '?phase=paid');
    const { body } = await stack.api.read(out_order_no);
    const [detail] = body.collection.details;
    const order = orders.find((one) => one.out_order_no === out_order_no);
    assert.equal(order?.paid_amount, 700);
    assert.equal(order?.transaction_id, detail.transaction_id);
    assert.equal(order?.paid_at?.replaceAll(/\D/g, '').slice(0, 14), detail.paid_time);
    assert.match(order?.closed_at ?? '', BEIJING);
    assert.equal(order?.trouble, undefined);
  });

  it('lists by phase only orders that stand there, and by trouble only orders in it', async () => {
    const { out_order_no } = await inService(stack);
    const other = await inService(stack);
    const tooMuch = rentalEnd(100_001);
    await stack.api.complete(out_order_no, tooMuch, { prefer: 'respond-async' });
    const troubled = await listedOnce(out_order_no, '?trouble=operation_refused');
    assert.ok(troubled.every(({ trouble }) => trouble === 'operation_refused'));
    assert.ok(!troubled.some((one) => one.out_order_no === other.out_order_no));
    const both = await listedOnce(out_order_no, '?trouble=operation_refused&phase=in_service');
    assert.ok(both.every(({ phase }) => phase === 'in_service'));
    const { body } = await list('?trouble=operation_refused&phase=paid');
    assert.deepEqual(body, { orders: [] });
  });

  it('gives every order once, page by page, and a cursor only where more may follow', async () => {
    await stack.people.authorise('page');
    const numbers = [];
    for (let i = 0; i < 5; i++) {
      const order = rental();
      numbers.push(order.out_order_no);
      await stack.api.open(order);
    }
    await listedOnce(numbers.at(-1)!, '?limit=200&phase=authorizing');
    const seen: string[] = [];
    let query = '?limit=2&phase=authorizing';
    for (;;) {
      const { body } = await list(query);
      assert.ok(body.orders.length <= 2);
      seen.push(...body.orders.map((one: ListedOrder) => one.out_order_no));
      if (body.next_cursor === undefined) break;
      assert.match(body.next_cursor, /^[\w-]+$/);
      query = `?limit=2&phase=authorizing&cursor=${body.next_cursor}`;
    }
    assert.equal(new Set(seen).size, seen.length);
    for (const number of numbers) assert.ok(seen.includes(number));
  });

  it('gives 50 orders unless told, and at most 200', async () => {
    assert.equal((await list('?limit=200')).status, 200);
    const orders = Array.from({ length: 51 }, () => rental());
    await Promise.all(orders.map((order) => stack.api.open(order)));
    await eventually('51 orders', async () => {
      const { body } = await list('?limit=200&phase=authorizing');
      return body.orders.length > 51;
    });
    const { body } = await list('?phase=authorizing');
    assert.equal(body.orders.length, 50);
    assert.ok(body.next_cursor);
  });

  it('tells of an order that was taken up again only how it stands now', async () => {
    const { out_order_no } = await paying(stack, 300);
    const shown = await listedOnce(out_order_no, '?phase=paying');
    const opened_at = shown.find((one) => one.out_order_no === out_order_no)?.opened_at;
    await delay(1_000);
    await stack.run(out_order_no).terminate('pressed at night');
    assert.equal(
      (await stack.api.call('POST', `/v1/service-orders/${out_order_no}/adopt`)).status,
      200,
    );
    await stack.people.pay(out_order_no);
    await listedOnce(out_order_no, '?phase=paid');
    const { body } = await list('?phase=paying&limit=200');
    assert.ok(!body.orders.some((one: ListedOrder) => one.out_order_no === out_order_no));
    const all = (await list('?limit=200')).body.orders as ListedOrder[];
    const entries = all.filter((one) => one.out_order_no === out_order_no);
    assert.deepEqual(
      entries.map((one) => [one.phase, one.opened_at]),
      [['paid', opened_at]],
    );
  });

  it('does not list what was looked for and is no order', async () => {
    const number = rental().out_order_no;
    assert.equal((await stack.api.call('POST', `/v1/service-orders/${number}/adopt`)).status, 404);
    await delay(1_500);
    const { body } = await list('?limit=200');
    assert.ok(!body.orders.some((one: ListedOrder) => one.out_order_no === number));
  });

  for (const [query, pointer, detail] of [
    ['?phase=bezahlt', '/phase', PHASES.join(', ')],
    ['?phase=', '/phase', PHASES.join(', ')],
    [`?phase=${encodeURIComponent("paid' OR PayscorePhase = 'free")}`, '/phase', PHASES.join(', ')],
    ['?phase=paid&phase=free', '/phase', PHASES.join(', ')],
    ['?trouble=bad', '/trouble', TROUBLES.join(', ')],
    ['?limit=0', '/limit', '1 to 200'],
    ['?limit=201', '/limit', '1 to 200'],
    ['?limit=1e2', '/limit', '1 to 200'],
    ['?limit=', '/limit', '1 to 200'],
    ['?cursor=', '/cursor', 'is not one that this list gave'],
    ['?cursor=a%00b', '/cursor', 'is not one that this list gave'],
    ['?cursor=AAAA', '/cursor', 'is not one that this list gave'],
    ['?cursor=AAAAAAAAAAAAAAAAAAAAAAAA', '/cursor', 'is not one that this list gave'],
    ['?state=paid', '/state', 'is not a field'],
  ] as const) {
    it(`answers ${query} with 400 and says what is wanted`, async () => {
      const { status, body } = await list(query);
      assert.equal(status, 400);
      assert.deepEqual(
        body.errors.map((fault: { pointer: string }) => fault.pointer),
        [pointer],
      );
      assert.ok(body.errors[0].detail.includes(detail), body.errors[0].detail);
    });
  }

  it('knows a cursor that was changed on its way, and does not trouble Temporal with it', async () => {
    await stack.api.open(rental());
    await stack.api.open(rental());
    const { body } = await eventually('a second page', async () => {
      const answer = await list('?limit=1');
      return answer.body.next_cursor !== undefined && answer;
    });
    const cursor = body.next_cursor as string;
    assert.equal((await list(`?limit=1&cursor=${cursor}`)).status, 200);
    const other = cursor.at(-3) === 'A' ? 'B' : 'A';
    for (const changed of [cursor.slice(0, -4), cursor.slice(0, -3) + other + cursor.slice(-2)]) {
      assert.equal((await list(`?limit=1&cursor=${changed}`)).status, 400);
    }
  });

  it('knows a cursor that was made by hand as our earlier ones were made', async () => {
    for (const token of ['x'.repeat(40), '{"CloseTime":1,"RunID":"x"}', 'null']) {
      const digest = createHash('sha256').update(token).digest();
      for (const length of [8, 16]) {
        const made = Buffer.concat([digest.subarray(0, length), Buffer.from(token)]);
        const { status, body } = await list(`?cursor=${made.toString('base64url')}`);
        assert.equal(status, 400);
        assert.equal(body.errors[0].pointer, '/cursor');
      }
    }
  });

  it('gives cursors that every process of the API can read', () => {
    const [first, second] = [1, 2].map(() => createCursors(Buffer.alloc(32, 'k')));
    const token = Buffer.from('where the list goes on');
    assert.deepEqual(second?.tokenOf(first?.cursorOf(token) ?? ''), token);
    const stranger = createCursors(Buffer.alloc(32, 'x'));
    assert.equal(first?.tokenOf(stranger.cursorOf(token) ?? ''), undefined);
  });

  it('names all faults of a query at once', async () => {
    const { body } = await list('?phase=x&trouble=y&limit=z');
    assert.equal(body.errors.length, 3);
  });
});

describe('GET /v1/service-orders without a worker', () => {
  it('lists all the same, and says 503 while Temporal is away', async () => {
    const stack = await startStack({ temporal: {} });
    try {
      await stack.api.open(rental());
      const { orders } = await eventually('the order', async () => {
        const { body } = await stack.api.call('GET', '/v1/service-orders');
        return body.orders.length === 1 && body;
      });
      assert.equal(orders[0].phase, 'creating');

      await stack.temporalServer.stop();
      const { status, body } = await stack.api.once.call('GET', '/v1/service-orders');
      assert.equal(status, 503);
      assert.equal(body.type, 'urn:payscore-orders:unavailable');
    } finally {
      await stack.stop();
    }
  });
});
