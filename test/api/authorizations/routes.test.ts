/** Users' authorizations for business code without an order: what it asks, and every way in which it may fail. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { opened } from '../../support/codec.ts';
import { historyToJSON } from '../../support/history-json.ts';
import { written } from '../../support/events.ts';
import { eventually } from '../../support/eventually.ts';
import { newNumber, newOpenid, rental } from '../../support/orders.ts';
import { runsOf, startStack, type Stack } from '../../support/stack.ts';
import { assertWithin } from '../../support/within.ts';

const REASON = '用户注销';

describe('/v1/authorizations', () => {
  let stack: Stack;
  let worker: Awaited<ReturnType<Stack['startWorker']>>;
  before(async () => {
    stack = await startStack();
    worker = await stack.startWorker();
  });
  after(async () => {
    await worker.stop();
    await stack.stop();
  });
  afterEach(() => stack.people.clearFaults());

  const post = (what: string, body: unknown) =>
    stack.api.call('POST', `/v1/authorizations/${what}`, body);
  const once = (what: string, body: unknown) =>
    stack.api.once.call('POST', `/v1/authorizations/${what}`, body);

  async function authorised(): Promise<string> {
    const openid = newOpenid();
    await stack.people.authorise(openid);
    return openid;
  }

  /** A user who has followed the link that `prepare` gave. */
  async function agreed() {
    const [authorization_code, openid] = [newNumber(), newOpenid()];
    const { body } = await post('prepare', { authorization_code });
    await stack.people.authoriseByToken(body.apply_permissions_token, openid);
    return { authorization_code, openid };
  }

  async function stateOf(openid: string): Promise<string> {
    return (await post('query', { openid })).body.authorization_state;
  }

  describe('query', () => {
    it('answers by openid with what WeChat says, but not with the openid', async () => {
      const { authorization_code, openid } = await agreed();
      const { status, body } = await post('query', { openid });
      const { authorization_success_time, ...rest } = body;
      const { appid, mchid, service_id } = stack.merchant;
      assert.equal(status, 200);
      assert.match(authorization_success_time, /\+08:00$/);
      assert.deepEqual(rest, {
        ...{ appid, mchid, service_id, authorization_code },
        authorization_state: 'AVAILABLE',
      });
    });

    it('answers by code with the openid too, once there is one', async () => {
      const { authorization_code, openid } = await agreed();
      const { status, body } = await post('query', { authorization_code });
      assert.deepEqual([status, body.authorization_state, body.openid], [200, 'AVAILABLE', openid]);
      const fresh = newNumber();
      await post('prepare', { authorization_code: fresh });
      const unbound = (await post('query', { authorization_code: fresh })).body;
      assert.deepEqual([unbound.authorization_state, 'openid' in unbound], ['UNBINDUSER', false]);
    });

    it('says UNAVAILABLE of a user who has not authorised, and of one who has ended it, since when', async () => {
      assert.equal(await stateOf(newOpenid()), 'UNAVAILABLE');
      const openid = await authorised();
      await stack.people.revoke(openid);
      const { body } = await post('query', { openid });
      assert.equal(body.authorization_state, 'UNAVAILABLE');
      assert.match(body.cancel_authorization_time, /\+08:00$/);
    });

    it('answers 422 in WeChat’s words where WeChat refuses', async () => {
      const { status, body } = await post('query', { authorization_code: newNumber() });
      assert.equal(status, 422);
      assert.equal(body.type, 'urn:payscore-orders:refused-by-wechat-pay');
      assert.deepEqual([body.code, body.message], ['RESOURCE_NOT_EXISTS', '授权协议号不存在']);
      assert.match(body.request_id, /^\w+-\d+$/);
      assert.equal(body.reason, 'not_found');
    });

    it('asks again what WeChat does not answer properly, but not for ever', async () => {
      const openid = await authorised();
      await stack.people.planFault({ call: 'permission', fault: 'bad-signature', times: 3 });
      assert.equal(await stateOf(openid), 'AVAILABLE');
      await stack.people.planFault({ call: 'permission', fault: 'not-executed-500', times: 4 });
      const { status, body } = await once('query', { openid });
      assert.equal(status, 503);
      assert.equal(body.type, 'urn:payscore-orders:unavailable');
      assert.match(body.detail, /WeChat Pay answered 500 SYSTEM_ERROR/);
    });

    it('answers 503 with WeChat’s words where our keys are not accepted', async () => {
      await stack.people.planFault({ call: 'permission', fault: 'refused', refusal: 'signature' });
      const { status, body } = await once('query', { openid: newOpenid() });
      assert.deepEqual([status, body.code], [503, 'SIGN_ERROR']);
      assert.match(body.detail, /WeChat Pay answered 401 SIGN_ERROR/);
    });
  });

  describe('prepare', () => {
    it('gives a token for an hour, and with what a front end opens the page', async () => {
      const asked = Date.now();
      const { status, body } = await post('prepare', { authorization_code: newNumber() });
      assert.equal(status, 200);
      const lives = Date.parse(body.expires_at) - asked;
      assert.ok(lives > 3_590_000 && lives <= 3_600_000 + 1_000, `${lives} ms`);
      const { apply_permissions_token } = body;
      const query = `apply_permissions_token=${encodeURIComponent(apply_permissions_token)}`;
      const businessType = 'wxpayScoreEnable';
      assert.deepEqual(body.jump, {
        mini_program: { businessType, extraData: { apply_permissions_token } },
        h5: { businessType, queryString: query },
        app: { businessType, query, extInfo: '{"miniProgramType":0}' },
      });
    });

    it('has the events sent to this API', async () => {
      const { authorization_code } = await agreed();
      const { body } = await post('query', { authorization_code });
      assert.equal(body.notify_url, `${stack.url}/wechatpay/notifications`);
    });

    describe('where WeChat gives a known code another token', () => {
      before(() => stack.people.setPolicies({ second_preparation: 'until_bound' }));
      after(() => stack.people.resetPolicies());

      it('gives another token as long as nobody has agreed, and is refused afterwards', async () => {
        const authorization_code = newNumber();
        const tokens = [1, 2].map(() => post('prepare', { authorization_code }));
        const [one, other] = await Promise.all(tokens);
        assert.deepEqual([one?.status, other?.status], [200, 200]);
        assert.notEqual(one?.body.apply_permissions_token, other?.body.apply_permissions_token);
        await stack.people.authoriseByToken(one?.body.apply_permissions_token, newOpenid());
        const { status, body } = await post('prepare', { authorization_code });
        assert.deepEqual([status, body.message], [422, '授权协议号已被用户绑定']);
      });

      it('outlasts an answer that was lost', async () => {
        await stack.people.planFault({ call: 'prepare', fault: 'executed-then-cut' });
        assert.equal((await post('prepare', { authorization_code: newNumber() })).status, 200);
      });
    });

    it('passes on that WeChat gives no second token for a code', async () => {
      await stack.people.setPolicies({ second_preparation: 'never' });
      const authorization_code = newNumber();
      const first = await post('prepare', { authorization_code });
      const second = await post('prepare', { authorization_code });
      await stack.people.resetPolicies();
      assert.equal(first.status, 200);
      assert.deepEqual([second.status, second.body.message], [422, '授权协议号已存在']);
    });
  });

  describe('terminate', () => {
    for (const way of ['openid', 'authorization_code'] as const) {
      it(`ends an authorization by ${way}, and again with the same success`, async () => {
        const one = await agreed();
        for (let n = 0; n < 2; n++) {
          const { status, body } = await post('terminate', { [way]: one[way], reason: REASON });
          assert.deepEqual([status, body], [200, { authorization_state: 'UNAVAILABLE' }]);
        }
        assert.equal(await stateOf(one.openid), 'UNAVAILABLE');
      });
    }

    it('succeeds where the user was quicker', async () => {
      const openid = await authorised();
      await stack.people.revoke(openid);
      assert.equal((await post('terminate', { openid, reason: REASON })).status, 200);
    });

    it('answers 422 with the reason while an order is unfinished, and ends it when it is finished', async () => {
      const order = rental();
      const { openid, out_order_no } = order;
      await stack.people.authorise(openid);
      await stack.api.open(order);
      const { status, body } = await post('terminate', { openid, reason: REASON });
      assert.equal(status, 422);
      assert.deepEqual([body.message, body.reason], ['存在未完成订单', 'open_orders']);
      assert.ok(body.code && body.request_id);
      assert.equal(await stateOf(openid), 'AVAILABLE');
      await stack.run(out_order_no).terminate();
    });

    it('answers 422 to a code under which nobody has agreed, or that WeChat does not know', async () => {
      const authorization_code = newNumber();
      const unknown = await post('terminate', { authorization_code, reason: REASON });
      assert.deepEqual([unknown.status, unknown.body.code], [422, 'RESOURCE_NOT_EXISTS']);
      await post('prepare', { authorization_code });
      const unbound = await post('terminate', { authorization_code, reason: REASON });
      assert.deepEqual([unbound.status, unbound.body.message], [422, '用户未授权此服务']);
    });

    it('answers 202 while the outcome is not known, goes on, and tells it to who asks the same again', async () => {
      const openid = await authorised();
      await stack.people.planFault({ call: 'terminate', fault: 'executed-then-cut' });
      await stack.people.planFault({ call: 'permission', fault: 'unsigned-502', times: 10 });
      const start = performance.now();
      const asked = { openid, reason: REASON };
      const { status, body } = await stack.hasty.call(
        'POST',
        '/v1/authorizations/terminate',
        asked,
      );
      assert.equal(status, 202);
      assert.match(body.detail, /Repeat the same request/);
      assertWithin(8_000, start);
      await stack.people.clearFaults();
      const again = await post('terminate', { openid, reason: REASON });
      assert.deepEqual([again.status, again.body.authorization_state], [200, 'UNAVAILABLE']);
      await eventually('the end of the first run', async () => {
        const going = 'WorkflowType="authorizationTermination" AND ExecutionStatus="Running"';
        return (await runsOf(stack, going)).length === 0;
      });
    });
  });

  const both = ['/openid', '/authorization_code'];
  const faulty: [what: string, route: string, body: unknown, pointers: string[]][] = [
    ['neither openid nor code', 'query', {}, both],
    ['both', 'query', { openid: 'o1', authorization_code: 'a' }, both],
    ['an openid that is none', 'query', { openid: '../x' }, ['/openid']],
    ['a code of 33 characters', 'query', { authorization_code: 'a'.repeat(33) }, both.slice(1)],
    ['a field of another request', 'query', { openid: 'o1', reason: 'r' }, ['/reason']],
    ['a list', 'query', [], ['']],
    ['no code', 'prepare', {}, ['/authorization_code']],
    ['a code with |', 'prepare', { authorization_code: 'a|b' }, ['/authorization_code']],
    ['an openid to prepare', 'prepare', { authorization_code: 'a', openid: 'o' }, ['/openid']],
    ['nothing', 'terminate', {}, [...both, '/reason']],
    ['no reason', 'terminate', { openid: 'o1' }, ['/reason']],
    ['a reason of 51', 'terminate', { openid: 'o1', reason: '因'.repeat(51) }, ['/reason']],
    ['an emoji', 'terminate', { openid: 'o1', reason: '再见👋' }, ['/reason']],
  ];
  for (const [what, route, body, pointers] of faulty) {
    it(`answers 400 to ${route} with ${what}, and points at it`, async () => {
      const answer = await post(route, body);
      assert.equal(answer.status, 400);
      const told = answer.body.errors.map(({ pointer }: { pointer: string }) => pointer);
      assert.deepEqual(told.toSorted(), pointers.toSorted());
    });
  }

  it('answers 400 to what is no JSON, and 404 to another method', async () => {
    for (const route of ['query', 'prepare', 'terminate']) {
      assert.equal((await post(route, '{')).status, 400);
      assert.equal((await stack.api.call('GET', `/v1/authorizations/${route}`)).status, 404);
    }
  });

  it('leaves no openid in an id, a summary, a memo, a search attribute, a failure, a log or an error', async () => {
    const { openid, authorization_code } = await agreed();
    await post('query', { openid });
    await post('query', { authorization_code });
    await stack.people.planFault({ call: 'permission', fault: 'not-executed-500', times: 4 });
    const shown: unknown[] = [(await post('query', { openid })).body];
    await stack.people.planFault({ call: 'terminate', fault: 'refused', refusal: 'noPermission' });
    shown.push((await post('terminate', { openid, reason: REASON })).body);
    shown.push((await post('query', { openid, authorization_code })).body, stack.logs);

    const runs = await eventually('the runs', async () => {
      const found = await runsOf(stack, 'WorkflowType STARTS_WITH "authorization"');
      return found.length >= 5 && found;
    });
    let failed = 0;
    for (const { workflowId, runId, searchAttributes, memo } of runs) {
      const run = stack.client.workflow.getHandle(workflowId, runId);
      const summary = await (await run.describe()).staticSummary();
      assert.match(summary ?? '', /^Business code /);
      assert.match(workflowId, /^authorization\/\d+\/[0-9a-f-]{36}$/);
      shown.push(workflowId, summary, searchAttributes, memo);
      const { events } = JSON.parse(historyToJSON(await opened(await run.fetchHistory())));
      const failures = events.flatMap((event: any) => [
        event.activityTaskFailedEventAttributes?.failure ?? [],
        event.workflowExecutionFailedEventAttributes?.failure ?? [],
      ]);
      failed += failures.length;
      shown.push(written(JSON.stringify(failures)));
    }
    assert.ok(failed >= 4, `${failed} failures were looked at`);
    assert.ok(!JSON.stringify(shown).includes(openid));
  });
});

describe('/v1/authorizations without a worker', () => {
  let stack: Stack;
  before(async () => {
    stack = await startStack({ temporal: {} });
  });
  after(() => stack.stop());

  it('answers 503 to a question within 8 s, and leaves nothing behind that goes on', async () => {
    const start = performance.now();
    const answers = await Promise.all([
      stack.api.once.call('POST', '/v1/authorizations/query', { openid: newOpenid() }),
      stack.api.once.call('POST', '/v1/authorizations/prepare', {
        authorization_code: newNumber(),
      }),
    ]);
    assert.deepEqual(
      answers.map(({ status, body }) => [status, body.type]),
      [1, 2].map(() => [503, 'urn:payscore-orders:unavailable']),
    );
    assertWithin(8_000, start);
    await eventually('their end', async () => {
      return (await runsOf(stack, 'ExecutionStatus="TimedOut"')).length === 2;
    });
  });

  it('takes a termination, which a worker carries out when it returns', async () => {
    const openid = newOpenid();
    await stack.people.authorise(openid);
    const body = { openid, reason: REASON };
    assert.equal((await stack.api.call('POST', '/v1/authorizations/terminate', body)).status, 202);
    const worker = await stack.startWorker();
    await eventually('the end of the authorization', async () => {
      const { body: said } = await stack.api.call('POST', '/v1/authorizations/query', { openid });
      return said.authorization_state === 'UNAVAILABLE';
    });
    await worker.stop();
  });

  it('answers 503 when Temporal is away, and has taken nothing', async () => {
    await stack.temporalServer.stop();
    const body = { openid: newOpenid(), reason: REASON };
    for (const [what, sent] of Object.entries({
      terminate: body,
      query: { openid: body.openid },
      prepare: { authorization_code: newNumber() },
    })) {
      const answer = await stack.api.once.call('POST', `/v1/authorizations/${what}`, sent);
      assert.deepEqual([answer.status, answer.body.type], [503, 'urn:payscore-orders:not-taken']);
    }
  });
});
