/** What a request must not be: every fault is named, and nothing is started. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { beijingTimeOf } from '../../../payscore/times/beijing-time.ts';
import type { ApiAnswer } from '../../support/api-client.ts';
import { newNumber, rental } from '../../support/orders.ts';
import { useStack } from '../../support/stage.ts';

describe('a request', { concurrency: 6 }, () => {
  const stage = useStack();

  function pointersOf({ body }: ApiAnswer): string[] {
    return (body.errors as { pointer: string }[]).map(({ pointer }) => pointer).toSorted();
  }

  it('names every fault of a body by JSON pointer and starts nothing', async () => {
    const order = {
      ...rental(),
      service_introduction: '一二三四五六七八九十一二三四五六七八九十多',
      attach: '未编码',
      need_user_confirm: true,
      risk_fund: { name: 'DEPOSIT', amount: 0 },
      post_payments: [{ name: '😀' }],
      location: { start_location: 'ok', 'a/b': 1 },
      total_amount: 5,
    };
    const answer = await stage.stack.api.open(order);
    assert.equal(answer.status, 400);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    assert.deepEqual(pointersOf(answer), [
      '/attach',
      '/location/a~1b',
      '/need_user_confirm',
      '/post_payments/0/name',
      '/risk_fund/amount',
      '/risk_fund/name',
      '/service_introduction',
      '/total_amount',
    ]);
    assert.equal((await stage.stack.api.read(order.out_order_no)).status, 404);
  });

  for (const out_order_no of ['a/b', '..', '../x', 'a|b', 'a*b', 'x'.repeat(33), '']) {
    it(`refuses the number ${JSON.stringify(out_order_no)} in a body and in a path`, async () => {
      const answer = await stage.stack.api.open(rental({ out_order_no }));
      assert.equal(answer.status, 400);
      assert.deepEqual(pointersOf(answer), ['/out_order_no']);
      if (out_order_no === '' || out_order_no === '..') return; // no such path
      assert.equal((await stage.stack.api.read(encodeURIComponent(out_order_no))).status, 400);
    });
  }

  it('refuses a start in the past, which WeChat would refuse', async () => {
    const answer = await stage.stack.api.open(
      rental({ time_range: { start_time: '20200101000000' } }),
    );
    assert.equal(answer.status, 400);
    assert.deepEqual(pointersOf(answer), ['/time_range/start_time']);
  });

  it('answers problems to what is no JSON, too long, or no route', async () => {
    const broken = await stage.stack.api.call('POST', '/v1/service-orders', '{"out_order_no":');
    assert.equal(broken.status, 400);
    const packed = await stage.stack.api.call('POST', '/v1/service-orders', '{}', {
      'content-encoding': 'gzip',
    });
    assert.equal(packed.status, 400);
    const long = await stage.stack.api.call(
      'POST',
      '/v1/service-orders',
      `"${'x'.repeat(200_000)}"`,
    );
    assert.equal(long.status, 413);
    const nowhere = await stage.stack.api.call('GET', '/v1/nowhere');
    assert.equal(nowhere.status, 404);
    for (const { headers } of [broken, long, nowhere]) {
      assert.match(headers.get('content-type') ?? '', /problem\+json/);
    }
  });

  it('names a total that does not add up, beside other faults', async () => {
    const answer = await stage.stack.api.complete(newNumber(), {
      post_payments: [{ name: '租借费', amount: 500, colour: 'red' }],
      post_discounts: [{ name: '优惠', description: '新用户', amount: 100 }],
      total_amount: 500,
    });
    assert.equal(answer.status, 400);
    assert.deepEqual(pointersOf(answer), ['/post_payments/0/colour', '/total_amount']);
  });

  it('gives the user no longer to authorise than until the start that it names', async () => {
    const { api } = stage.stack;
    const start = new Date(Date.now() + 600_000);
    const time_range = { start_time: beijingTimeOf(start, 14) };
    const refused = await api.open(
      rental({ time_range, deadlines: { authorization_seconds: 700 } }),
    );
    assert.equal(refused.status, 400);
    assert.equal(refused.body.errors[0].pointer, '/deadlines/authorization_seconds');
    const taken = rental({ time_range, deadlines: { authorization_seconds: 500 } });
    assert.equal((await api.open(taken)).status, 202);
  });

  for (const [name, value] of [
    ['authorization_seconds', 59],
    ['authorization_seconds', 604_801],
    ['creation_seconds', 9],
    ['creation_seconds', 3_601],
  ] as const) {
    it(`has deadlines within bounds: ${name} ${value} is a fault`, async () => {
      const { status, body } = await stage.stack.api.open(rental({ deadlines: { [name]: value } }));
      assert.equal(status, 400);
      assert.equal(body.errors[0].pointer, `/deadlines/${name}`);
    });
  }
});
