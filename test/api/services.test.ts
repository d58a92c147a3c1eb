/** Several services of one merchant: a power bank in a mini program, lockers in another and in an app. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { comeMorning, daysAgo, payingThen, play, reconciled } from '../support/day.ts';
import { eventually } from '../support/eventually.ts';
import { CANCELLATION, newNumber, rental, rentalEnd } from '../support/orders.ts';
import { inService, invited, known, losesNotifications, paying, shown } from '../support/play.ts';
import { useStack } from '../support/stage.ts';
import { openingOf } from '../../temporal/run-events.ts';
import {
  authorizationChanged,
  refundsWorkflowIdOf,
  workflowIdOf,
} from '../../workflows/contract.ts';

const APPID = 'wx00000000lockers0';
const IN_APP = 'wx00000000lockers1';
const LOCKERS = '50000000000000000000000000000002';
const NEW = { appid: APPID, service_id: '50000000000000000000000000000003' };
const SERVICES = [
  { appid: APPID, service_id: LOCKERS },
  { appid: IN_APP, service_id: LOCKERS },
];

describe('a merchant with several services', () => {
  const stage = useStack({ services: SERVICES });
  const first = () => stage.stack.services[0];
  /** Under which a run was started. */
  const serviceOf = async (workflowId: string) => {
    const { client, temporal } = stage.stack;
    const run = await client.workflow.getHandle(workflowId).describe();
    const { appid, service_id } = (await openingOf(temporal, run)).service;
    return { appid, service_id };
  };

  describe('opens an order', { concurrency: 4 }, () => {
    /** As WeChat has it. */
    async function pairOf(named: Record<string, unknown>): Promise<unknown[]> {
      const { people, api } = stage.stack;
      const order = rental(named);
      for (const { appid, service_id } of stage.stack.services)
        await people.authorise(order.openid, service_id, appid);
      const { status, body } = await known(() => api.open(order));
      assert.equal(status, 201, JSON.stringify(body));
      const told = (await people.order(order.out_order_no)).order;
      assert.deepEqual([body.appid, body.service_id], [told['appid'], told['service_id']]);
      return [told['appid'], told['service_id']];
    }

    it('of the first service where it names none', async () => {
      assert.deepEqual(await pairOf({}), [first().appid, first().service_id]);
    });

    it('of the first that has what it names', async () => {
      assert.deepEqual(await pairOf({ service_id: LOCKERS }), [APPID, LOCKERS]);
      assert.deepEqual(await pairOf({ appid: IN_APP }), [IN_APP, LOCKERS]);
      assert.deepEqual(await pairOf({ appid: IN_APP, service_id: LOCKERS }), [IN_APP, LOCKERS]);
      assert.deepEqual(await pairOf({ appid: first().appid }), [first().appid, first().service_id]);
    });

    it('of one that is not configured never: 400, which names those that are', async () => {
      const { appid, service_id } = first();
      const apps = `must be one that is configured: ${appid}, ${APPID}, ${IN_APP}`;
      const ids = `must be one that is configured: ${service_id}, ${LOCKERS}`;
      const ofLockers = `must be one that is configured: ${APPID}, ${IN_APP}`;
      const cases: [named: Record<string, unknown>, errors: object[]][] = [
        [{ service_id: '1' }, [{ pointer: '/service_id', detail: ids }]],
        [{ appid: 'wx1' }, [{ pointer: '/appid', detail: apps }]],
        [
          { appid: 'wx1', service_id: '1' },
          [
            { pointer: '/service_id', detail: ids },
            { pointer: '/appid', detail: apps },
          ],
        ],
        [{ appid, service_id: LOCKERS }, [{ pointer: '/appid', detail: ofLockers }]],
      ];
      const { api } = stage.stack;
      const code = { authorization_code: newNumber() };
      for (const [named, errors] of cases) {
        const order = rental(named);
        for (const answer of [
          await api.open(order),
          await api.adopt(newNumber(), named),
          await api.call('POST', '/v1/authorizations/query', { ...code, ...named }),
          await api.call('POST', '/v1/authorizations/prepare', { ...code, ...named }),
          await api.call('POST', '/v1/authorizations/terminate', {
            ...code,
            ...named,
            reason: 'r',
          }),
        ]) {
          assert.equal(answer.status, 400, JSON.stringify(answer.body));
          assert.deepEqual(answer.body.errors, errors);
        }
        assert.equal((await api.read(order.out_order_no)).status, 404);
      }
    });

    it('once: the same body is the same again, and another service under the number is another body', async () => {
      const { api, people } = stage.stack;
      const unnamed = rental();
      const order = { ...unnamed, service_id: LOCKERS };
      await people.authorise(order.openid, LOCKERS, APPID);
      assert.equal((await known(() => api.open(order))).status, 201);
      assert.equal((await known(() => api.open(order))).status, 200);
      for (const other of [unnamed, { ...order, service_id: first().service_id }]) {
        const { status, body } = await api.open(other);
        assert.deepEqual([status, body.type], [409, 'urn:payscore-orders:different-body']);
      }
    });

    it('for a user who authorises that service', async () => {
      const { stack } = stage;
      const { order, token } = await invited(stack, { service_id: LOCKERS });
      await stack.people.authoriseByToken(token, order.openid);
      const { appid } = await shown(stack, order.out_order_no, { phase: 'in_service' });
      assert.equal(appid, APPID);
    });
  });

  describe('has an order', { concurrency: 4 }, () => {
    it('whose link to WeChat’s page is its own service’s', async () => {
      const { stack } = stage;
      const { out_order_no } = await inService(stack, SERVICES[0]);
      const { body } = await known(() => stack.api.on(out_order_no, 'detail-link'));
      assert.match(JSON.stringify(body), new RegExp(LOCKERS));
    });

    it('that is listed with its service, and by it', async () => {
      const { stack } = stage;
      const [one, other] = await Promise.all([inService(stack, SERVICES[0]), inService(stack)]);
      const numbersIn = async (query: string) => {
        const { body } = await stack.api.call('GET', `/v1/service-orders?limit=200&${query}`);
        return body.orders as { out_order_no: string; service_id: string }[];
      };
      const { service_id } = first();
      for (const [id, its, others] of [
        [LOCKERS, one, other],
        [service_id, other, one],
      ] as const) {
        const listed = await eventually('the order in the list', async () => {
          const orders = await numbersIn(`service_id=${id}`);
          return orders.some((order) => order.out_order_no === its.out_order_no) && orders;
        });
        assert.ok(listed.every((order) => order.service_id === id));
        assert.ok(listed.every((order) => order.out_order_no !== others.out_order_no));
      }
      assert.deepEqual(await numbersIn('service_id=7'), []);
      const { status, body } = await stack.api.call('GET', `/v1/service-orders?service_id=1'`);
      assert.deepEqual([status, body.errors[0].pointer], [400, '/service_id']);
    });

    it('that an older system opened, and takes it up under the service that is named', async () => {
      const { api, people } = stage.stack;
      const number = newNumber();
      await people.placeElsewhere(number, { appid: IN_APP, service_id: LOCKERS });
      assert.equal((await known(() => api.adopt(number))).status, 404);
      const { status, body } = await known(() => api.adopt(number, { appid: IN_APP }));
      assert.deepEqual([status, body.phase, body.service_id], [200, 'in_service', LOCKERS]);
      assert.equal((await known(() => api.adopt(number))).status, 200);
      const other = await api.adopt(number, { service_id: first().service_id });
      assert.deepEqual([other.status, other.body.type], [409, 'urn:payscore-orders:not-allowed']);
      assert.match(other.body.detail, new RegExp(`${LOCKERS} and ${IN_APP}`));
      const ended = await known(() => api.cancel(number, CANCELLATION));
      assert.deepEqual([ended.status, ended.body.phase], [200, 'cancelled']);
    });

    it('whose payment is paid back as its own service’s', async () => {
      const { stack } = stage;
      const { out_order_no } = await paying(stack, 500, { appid: IN_APP, service_id: LOCKERS });
      await stack.people.pay(out_order_no);
      await shown(stack, out_order_no, { phase: 'paid' });
      const refund = { out_refund_no: newNumber(), amount: 200 };
      const { status, body } = await known(() => stack.api.on(out_order_no, 'refunds', refund));
      assert.equal(status, 200, JSON.stringify(body));
      const { collection } = (await stack.api.read(out_order_no)).body;
      const { transaction_id } = collection.details[0];
      const refunds = refundsWorkflowIdOf(stack.temporal.mchid, transaction_id);
      assert.deepEqual(await serviceOf(refunds), SERVICES[1]);
    });

    it('that ended, and of which WeChat says otherwise: its own service is asked', async () => {
      const { stack } = stage;
      const { out_order_no } = await paying(stack, 500, SERVICES[0]);
      await known(() => stack.api.cancel(out_order_no, CANCELLATION));
      await stack.run(out_order_no).result();
      await losesNotifications(stack, out_order_no);
      await stack.people.chargeAnyway(out_order_no);
      const [{ mchid }] = stack.services;
      await stack.client.workflow.execute('inquiry', {
        workflowId: `inquiry/${mchid}/${out_order_no}/test`,
        taskQueue: stack.temporal.taskQueue,
        // Whatever it is started with.
        args: [first(), out_order_no],
      });
      await shown(stack, out_order_no, { phase: 'paid', trouble: 'refund_due' });
    });

    it('which no news of another service’s authorization under its number concerns', async () => {
      const { stack } = stage;
      const { number } = await invited(stack, SERVICES[0]);
      const changedAt = new Date(Date.now() - 7_000).toISOString();
      const asked = async () =>
        (await stack.historyOf(number)).filter(
          (event) => event.activityTaskScheduledEventAttributes,
        ).length;
      const run = stack.run(number);
      const tell = async (service_id: string) => {
        await run.signal(authorizationChanged, { id: service_id, service_id, changedAt });
        await delay(1_500);
      };
      await delay(500);
      const former = await asked();
      await tell(first().service_id);
      assert.equal(await asked(), former);
      await tell(LOCKERS);
      assert.ok((await asked()) > former);
    });
  });

  it('asks, prepares and ends authorizations of each', async () => {
    const { api, people } = stage.stack;
    const { openid } = rental();
    await people.authorise(openid, LOCKERS, APPID);
    const call = async (what: string, body: object) =>
      await known(() => api.call('POST', `/v1/authorizations/${what}`, body));
    const stateOf = async (named: object) => {
      const { body } = await call('query', { openid, ...named });
      return body.authorization_state as string | undefined;
    };
    assert.equal(await stateOf({ service_id: LOCKERS }), 'AVAILABLE');
    assert.notEqual(await stateOf({}), 'AVAILABLE');
    const code = { authorization_code: newNumber() };
    assert.equal((await call('prepare', { ...code, appid: IN_APP })).status, 200);
    const prepared = await call('query', { ...code, service_id: LOCKERS });
    assert.deepEqual([prepared.status, prepared.body.service_id], [200, LOCKERS]);
    assert.notEqual((await call('query', code)).status, 200);
    const ending = { openid, service_id: LOCKERS, reason: '用户注销' };
    assert.equal((await call('terminate', ending)).status, 200);
    assert.notEqual(await stateOf({ service_id: LOCKERS }), 'AVAILABLE');
  });

  it('reconciles a day of all of them, and takes up what is of the second under the second', async () => {
    const { stack } = stage;
    const { people, client } = stack;
    const bill_date = daysAgo(1);
    await play(stack, bill_date);
    const [one, other, lost] = [
      await payingThen(stack),
      await payingThen(stack, SERVICES[0]),
      await payingThen(stack, { appid: IN_APP, service_id: LOCKERS }),
    ];
    for (const { out_order_no } of [one, other]) {
      await people.pay(out_order_no);
      await shown(stack, out_order_no, { phase: 'paid' });
    }
    // Nobody knows it here any more.
    await losesNotifications(stack, lost.out_order_no);
    const elsewhere = newNumber();
    await people.placeElsewhere(elsewhere, { appid: IN_APP, service_id: LOCKERS });
    await people.consoleComplete(elsewhere, { total_amount: 300 });
    await people.pay(elsewhere);
    await people.pay(lost.out_order_no);
    await comeMorning(stack);
    const { report } = await reconciled(stack, bill_date);
    const { service_id } = first();
    const incomes = Object.entries(report?.settlement?.services ?? {}).map(
      ([id, { income }]) => `${id} ${income}`,
    );
    assert.deepEqual(incomes.toSorted(), [`${LOCKERS} 1300`, `${service_id} 500`].toSorted());
    const told = report?.examples.map(
      ({ kind, healed, out_order_no }) => `${kind} ${healed ? 'healed' : 'open'} ${out_order_no}`,
    );
    assert.deepEqual(told?.toSorted(), [
      `paid_unnoticed healed ${lost.out_order_no}`,
      `unknown_order open ${elsewhere}`,
    ]);
    const adopted = await shown(stack, elsewhere, { phase: 'paid' });
    assert.deepEqual([adopted.appid, adopted.service_id], [IN_APP, LOCKERS]);
    const run = client.workflow.getHandle(workflowIdOf(stack.temporal.mchid, elsewhere));
    assert.deepEqual((await run.describe()).searchAttributes['PayscoreServiceId'], [LOCKERS]);
  });

  describe('that no longer configures one', { concurrency: 1 }, () => {
    let standing: Awaited<ReturnType<typeof inService>>;
    const opened = rental({ service_id: LOCKERS });
    const broken = rental({ deadlines: { creation_seconds: 600 } });
    const unbegun = rental({ deadlines: { creation_seconds: 10 } });
    before(async () => {
      const { stack } = stage;
      standing = await inService(stack, SERVICES[0]);
      for (const order of [opened, broken]) {
        await stack.people.authorise(order.openid);
        await stack.people.authorise(order.openid, LOCKERS, APPID);
        assert.equal((await known(() => stack.api.open(order))).status, 201);
      }
      await stack.run(broken.out_order_no).terminate('for a test');
      // Our keys are wrong until that is mended, so that nothing is known to have been begun.
      const wrong = { fault: 'refused', refusal: 'signature', times: 1_000 } as const;
      for (const call of ['permission', 'query'] as const)
        await stack.people.planFault({ call, ...wrong });
      await stack.api.once.open(unbegun);
      await stack
        .run(unbegun.out_order_no)
        .result()
        .catch(() => undefined);
      await stack.people.clearFaults();
      // Another is the default now, and the lockers are gone.
      await stack.people.openService(NEW.service_id, { appids: [NEW.appid] });
      stack.services.splice(0, 3, { ...first(), ...NEW });
    });

    it('opens no order of it', async () => {
      const { status } = await stage.stack.api.open(rental({ service_id: LOCKERS }));
      assert.equal(status, 400);
    });

    it('takes the same opening again for what it is', async () => {
      assert.equal((await known(() => stage.stack.api.open(opened))).status, 200);
    });

    it('goes on with its orders to the end', async () => {
      const { stack } = stage;
      const { out_order_no } = standing;
      assert.equal((await known(() => stack.api.refresh(out_order_no))).status, 200);
      assert.equal((await known(() => stack.api.adopt(out_order_no))).status, 200);
      const link = await known(() => stack.api.on(out_order_no, 'detail-link'));
      assert.match(JSON.stringify(link.body), new RegExp(LOCKERS));
      await known(() => stack.api.complete(out_order_no, rentalEnd(500)));
      await stack.people.pay(out_order_no);
      await shown(stack, out_order_no, { phase: 'paid' });
      const refund = { out_refund_no: newNumber(), amount: 500 };
      const { status } = await known(() => stack.api.on(out_order_no, 'refunds', refund));
      assert.equal(status, 200);
    });

    it('takes up what was opened without a name under the service it was opened with', async () => {
      const { stack } = stage;
      const { status, body } = await known(() => stack.api.open(broken));
      assert.deepEqual([status, body.phase], [201, 'in_service'], JSON.stringify(body));
      const { appid, service_id } = stack.merchant;
      assert.deepEqual([body.appid, body.service_id], [appid, service_id]);
      const run = workflowIdOf(stack.temporal.mchid, broken.out_order_no);
      assert.deepEqual(await serviceOf(run), { appid, service_id });
    });

    it('begins what was never opened under what is configured now', async () => {
      const { stack } = stage;
      await stack.people.authorise(unbegun.openid, NEW.service_id, NEW.appid);
      const { status, body } = await known(() => stack.api.open(unbegun));
      assert.deepEqual([status, body.phase], [201, 'in_service'], JSON.stringify(body));
      assert.deepEqual([body.appid, body.service_id], [NEW.appid, NEW.service_id]);
    });
  });
});
