/** More than can be served is told at once to come again; nothing of it was done, and all else goes on. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { rental, rentalEnd } from '../../support/orders.ts';
import {
  executedOn,
  inService,
  known,
  paying,
  shown,
  strike,
  type PlayedOrder,
} from '../../support/play.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { useStack } from '../../support/stage.ts';
import { assertWithin } from '../../support/within.ts';

/** Two at a time, whatever is measured: others wait as soon as WeChat Pay lets two wait. */
const TWO = { floor: 2, start: 2, ceiling: 2 };
const SLOW = { delay_seconds: 4 };

describe('where as many are under way as may be', () => {
  const stage = useStack({ admission: TWO });

  /** Two completions that WeChat Pay answers after 4 s. */
  async function occupied(stack: Stack) {
    const orders = [await inService(stack), await inService(stack)];
    for (const { out_order_no } of orders) {
      await strike(stack, out_order_no, 'complete', 'slow', SLOW);
    }
    const asked = orders.map((order) =>
      stack.api.once.complete(order.out_order_no, rentalEnd(500)),
    );
    await delay(500);
    return { end: async () => (await Promise.all(asked)).map(({ status }) => status) };
  }

  /** Of three more, two wait for half a second, and the third is told at once. */
  async function refused(stack: Stack, { out_order_no }: PlayedOrder) {
    const ask = (key: string) =>
      stack.api.once.complete(out_order_no, rentalEnd(500), { 'idempotency-key': key });
    const begin = performance.now();
    const answers = await Promise.all(['a', 'a', 'a'].map((key) => ask(`end-${key}`)));
    return { answers, ms: performance.now() - begin, again: () => ask('end-a') };
  }

  it('answers 429 within a second, says when to come again, and has done nothing', async () => {
    const { stack } = stage;
    const order = await inService(stack);
    const events = (await stack.historyOf(order.out_order_no)).length;
    const others = await occupied(stack);
    const { answers, ms } = await refused(stack, order);
    assert.ok(ms < 2_000, `${ms} ms`);
    for (const { status, headers, body } of answers) {
      assert.equal(status, 429);
      assert.match(headers.get('content-type') ?? '', /^application\/problem\+json/);
      assert.equal(body.type, 'urn:payscore-orders:overloaded');
      const seconds = Number(headers.get('retry-after'));
      assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= 30, String(seconds));
    }
    assert.deepEqual(await others.end(), [200, 200]);
    assert.equal((await stack.historyOf(order.out_order_no)).length, events);
    assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0']);
    const text = await stack.figures();
    assert.match(text, /payscore_refused_total\{gate="change"\} [1-9]/);
    assert.match(text, /payscore_admission_limit\{gate="change"\} 2\b/);
  });

  it('does the same request when it comes again after Retry-After, once', async () => {
    const { stack } = stage;
    const order = await inService(stack);
    const others = await occupied(stack);
    const { answers, again } = await refused(stack, order);
    let answer = answers[0];
    while (answer?.status === 429) {
      await delay(Number(answer.headers.get('retry-after')) * 1_000);
      answer = await again();
    }
    assert.equal(answer?.status, 200);
    assert.equal(answer.body.phase, 'paying');
    assert.deepEqual(await executedOn(stack, order.out_order_no), ['created 0', 'completed 500']);
    await others.end();
  });

  it('takes notifications, lists, reads, new orders and what nobody waits for meanwhile', async () => {
    const { stack } = stage;
    const paid = await paying(stack);
    const left = await inService(stack);
    const other = await inService(stack);
    const order = rental();
    await stack.people.authorise(order.openid);
    const others = await occupied(stack);
    const { answers } = await refused(stack, other);
    assert.ok(answers.every(({ status }) => status === 429));

    await stack.people.pay(paid.out_order_no);
    await shown(stack, paid.out_order_no, { phase: 'paid' });
    const [told] = await stack.people.notifications(paid.out_order_no);
    assert.deepEqual(
      told?.attempts.map(({ status }) => status),
      [204],
    );
    assert.equal((await stack.api.call('GET', '/v1/service-orders?limit=1')).status, 200);
    const async = await stack.api.once.complete(left.out_order_no, rentalEnd(300), {
      prefer: 'respond-async',
    });
    assert.equal(async.status, 202);
    assert.ok([201, 202].includes((await stack.api.open(order)).status));
    await others.end();
  });
});

describe('where WeChat Pay is slow, and nothing else is', () => {
  // A busy machine takes requests late, which is not what this is about; a call that is counted is too long all the same.
  const takingNow = () => performance.now() / 10;
  const stage = useStack({ admission: { floor: 1, start: 4 }, takingNow });

  it('lets ever more in, as they are taken at once', async () => {
    // Some of a crowd a busy machine takes late all the same, and lets fewer in then.
    await eventually('more than at first', async () => (await limitAfterACrowd()) > 4, 200_000);
  });

  async function limitAfterACrowd(): Promise<number> {
    const { stack } = stage;
    const orders = await Promise.all(Array.from({ length: 10 }, () => opened(stack)));
    await delay(2_100);
    for (const number of orders) {
      await strike(stack, number, 'complete', 'slow', { delay_seconds: 8 });
    }
    const statuses = await Promise.all(
      orders.map(async (number) => {
        for (;;) {
          const answer = await stack.api.once.complete(number, rentalEnd(500), {
            'idempotency-key': number,
          });
          if (answer.status !== 429) return answer.status;
          await delay(200);
        }
      }),
    );
    assert.ok(
      statuses.every((status) => status === 200 || status === 202),
      statuses.join(' '),
    );
    const [, limit] =
      /payscore_admission_limit\{gate="change"\} (\d+)/.exec(await stack.figures()) ?? [];
    return Number(limit);
  }

  async function opened(stack: Stack): Promise<string> {
    const order = rental({ risk_fund: { amount: 2_000 }, deadlines: { creation_seconds: 600 } });
    await stack.people.authorise(order.openid);
    const { status } = await known(() => stack.api.open(order));
    assert.ok(status === 200 || status === 201, String(status));
    return order.out_order_no;
  }
});

describe('where nothing can be taken at all', () => {
  let stack: Stack;
  before(async () => {
    stack = await startStack({ admission: TWO, temporal: {} });
  });
  after(() => stack.stop());

  it('answers 503, at once where many wait already, without a worker or without Temporal', async () => {
    const worker = await stack.startWorker();
    const order = await inService(stack);
    await worker.stop();
    const complete = () => stack.api.once.complete(order.out_order_no, rentalEnd(500));
    const waiting = [complete(), complete()];
    await delay(3_000);
    const begin = performance.now();
    const { status, body } = await complete();
    assertWithin(2_000, begin);
    assert.deepEqual([status, body.type], [503, 'urn:payscore-orders:not-taken']);
    for (const answer of waiting) assert.equal((await answer).status, 503);

    await stack.temporalServer.stop();
    const openings = Array.from({ length: 12 }, () => stack.api.once.open(rental()));
    for (const answer of openings) assert.equal((await answer).status, 503);
    for (let nth = 0; nth < 3; nth++) assert.equal((await complete()).status, 503);
  });
});
