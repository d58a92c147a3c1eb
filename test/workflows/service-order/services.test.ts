/** What belongs to others under our number, and what WeChat allows a service, a person and an order: said as what it is. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { CANCELLATION, newNumber, rental, rentalEnd } from '../../support/orders.ts';
import { executedOn, inService, known, shown, strike } from '../../support/play.ts';
import { useStack } from '../../support/stage.ts';
import type { Stack } from '../../support/stack.ts';

const OTHER_SERVICE = '500001';
const OTHER_APPID = 'wxd678efh567hg6787';

type Take = (people: Stack['people'], out_order_no: string) => Promise<unknown>;

/** Whose orders there are under a number of ours. */
const OTHERS: Readonly<Record<string, Take>> = {
  'another service': (people, number) =>
    people.placeElsewhere(number, { service_id: OTHER_SERVICE }),
  'another application': (people, number) => people.placeElsewhere(number, { appid: OTHER_APPID }),
  'another merchant': (people, number) => people.takeNumberElsewhere(number),
};

describe('numbers and limits', { concurrency: 1 }, () => {
  const stage = useStack();

  for (const order_of_others of ['ORDER_NOT_EXIST', 'INVALID_REQUEST', 'NO_AUTH'] as const) {
    describe(
      `where WeChat answers ${order_of_others} of orders of others`,
      { concurrency: 4 },
      () => {
        async function taken(take: Take): Promise<string> {
          const { people, merchant } = stage.stack;
          await people.setPolicies({ order_of_others });
          await people.openService(OTHER_SERVICE);
          await people.openService(merchant.service_id, { appids: [merchant.appid, OTHER_APPID] });
          const number = newNumber();
          await take(people, number);
          return number;
        }

        for (const [whose, take] of Object.entries(OTHERS)) {
          it(`an order of ${whose} cannot be taken up, and nothing is said of it`, async () => {
            const { stack } = stage;
            const number = await taken(take);
            const { status, body } = await known(() => stack.api.adopt(number));
            assert.equal(status, order_of_others === 'ORDER_NOT_EXIST' ? 404 : 422);
            assert.doesNotMatch(JSON.stringify(body), /oOfAnotherSystem/);
            assert.doesNotMatch(JSON.stringify(body), /new out_order_no/);
          });
        }

        it('who asks while somebody else’s asking goes on is told the same', async () => {
          const { stack } = stage;
          const number = await taken(OTHERS['another service'] as Take);
          await strike(stack, number, 'query', 'slow', { delay_seconds: 3 });
          const asking = known(() => stack.api.adopt(number));
          await delay(500);
          const answers = await Promise.all([asking, known(() => stack.api.adopt(number))]);
          const status = order_of_others === 'ORDER_NOT_EXIST' ? 404 : 422;
          assert.deepEqual(
            answers.map((answer) => answer.status),
            [status, status],
          );
          assert.equal(answers[0].body.detail, answers[1].body.detail);
        });

        it('a number of another service is taken: 409, nobody’s order is touched, and no order is ours', async () => {
          const { stack } = stage;
          const number = await taken(OTHERS['another service'] as Take);
          const order = rental({ out_order_no: number });
          await stack.people.authorise(order.openid);
          const { status, body } = await known(() => stack.api.open(order));
          assert.equal(status, 409, JSON.stringify(body));
          assert.match(body.type, /number-taken/);
          assert.doesNotMatch(body.detail, /adopt/);
          assert.deepEqual(await executedOn(stack, number), ['created 0']);
        });
      },
    );
  }

  describe('an order that another system of ours has opened', { concurrency: 4 }, () => {
    it('is not opened again, and can be taken up and led to its end', async () => {
      const { stack } = stage;
      const order = rental();
      const { out_order_no, openid } = order;
      await stack.people.authorise(openid);
      await stack.people.placeElsewhere(out_order_no, { openid });
      const { status, body } = await known(() => stack.api.open(order));
      assert.equal(status, 409, JSON.stringify(body));
      assert.match(body.detail, /adopt/);
      const adopted = await known(() => stack.api.adopt(out_order_no));
      assert.deepEqual([adopted.status, adopted.body.phase], [200, 'in_service']);
      const ended = await known(() => stack.api.cancel(out_order_no, CANCELLATION));
      assert.deepEqual([ended.status, ended.body.phase], [200, 'cancelled']);
    });
  });

  it('one order more than a person may have open is refused as such, and passes when one has ended', async () => {
    const { stack } = stage;
    const { people, api } = stack;
    await people.setService({ open_orders_limit: 1 });
    const first = await inService(stack);
    const [second, third] = [rental(), rental()];
    for (const { openid } of [first, second]) {
      await people.authorise(openid);
      await people.setBehaviour(openid, { real_name: '张三' });
    }
    const refused = await known(() => api.open(second));
    assert.equal(refused.status, 422);
    assert.equal(refused.body.reason, 'open_orders');
    assert.match(refused.body.action, /finish|Complete or cancel/);
    await known(() => api.cancel(first.out_order_no, CANCELLATION));
    const { status } = await known(() => api.open({ ...third, openid: second.openid }));
    assert.equal(status, 201);
    await people.setService({ open_orders_limit: null });
  });

  it('a risk cap that is lowered while an order runs bounds its completion, with what to do', async () => {
    const { stack } = stage;
    const { people, api } = stack;
    const { out_order_no } = await inService(stack);
    const { risk_cap } = await people.service();
    await people.setService({ risk_cap: 1_000 });
    const above = await known(() => api.complete(out_order_no, rentalEnd(1_500)));
    assert.deepEqual([above.status, above.body.reason], [422, 'above_cap']);
    assert.match(above.body.cause, /服务风险金额/);
    assert.match(above.body.action, /at most that/);
    const standing = await shown(stack, out_order_no, { phase: 'in_service' });
    assert.equal(standing.trouble, undefined);
    const within = await known(() => api.complete(out_order_no, rentalEnd(1_000)));
    assert.deepEqual([within.status, within.body.phase], [200, 'paying']);

    const next = rental({ risk_fund: { amount: 2_000 } });
    await people.authorise(next.openid);
    const { status, body } = await known(() => api.open(next));
    assert.deepEqual([status, body.reason], [422, 'above_cap']);
    await people.setService({ risk_cap });
  });

  describe('a user whose permission WeChat', { concurrency: 4 }, () => {
    const HABITS = [
      ['not_exist', 'does not find is invited', 202, /apply_permissions_token/],
      [
        'no_auth',
        'does not let us ask for is not served, with the reason',
        422,
        /"reason":"no_permission".*have not authorised/,
      ],
      ['system_error', 'never tells is not served, and told why', 422, /could not be asked for/],
    ] as const;
    for (const [permission, what, expected, words] of HABITS) {
      it(what, { timeout: 90_000 }, async () => {
        const { stack } = stage;
        const order = rental({ deadlines: { creation_seconds: 10 } });
        await stack.people.authorise(order.openid);
        await stack.people.setBehaviour(order.openid, { permission });
        await stack.api.open(order);
        const ends = { phase: (now: unknown) => now === 'authorizing' || now === 'rejected' };
        await shown(stack, order.out_order_no, ends, 80_000);
        const { status, body } = await stack.api.open(order);
        assert.ok(status === expected || (expected === 202 && status === 200), String(status));
        assert.match(JSON.stringify(body), words);
        await assert.rejects(stack.people.order(order.out_order_no), { status: 404 });
      });
    }
  });
});
